const ON = {
  enabled: true,
  required: false,
  used_for_first_factor: false,
  first_factors: [],
  used_for_second_factor: false,
};
const DEFAULTS = { second_factors: [], verifications: [], verify_at_sign_up: false, immutable: false };
const OFF = { ...ON, ...DEFAULTS, enabled: false };
const EMAIL = { ...ON, ...DEFAULTS, required: true, used_for_first_factor: true, first_factors: ['email_code'] };
const PASSWORD = { ...ON, ...DEFAULTS, required: true };

const attributes = {
  email_address: { ...EMAIL, name: 'email_address' },
  password: { ...PASSWORD, name: 'password' },
  first_name: { ...ON, ...DEFAULTS, name: 'first_name' },
  last_name: { ...ON, ...DEFAULTS, name: 'last_name' },
  ...Object.fromEntries(
    ['phone_number', 'username', 'web3_wallet', 'passkey', 'authenticator_app', 'backup_code', 'ticket'].map((name) => [
      name,
      { ...OFF, name },
    ]),
  ),
};

const passwordRules = {
  allowed_special_characters: '',
  disable_hibp: true,
  min_length: 8,
  max_length: 72,
  require_special_char: false,
  require_numbers: false,
  require_lowercase: false,
  require_uppercase: false,
  disable_password_reverification: false,
  show_zxcvbn: false,
  min_zxcvbn_strength: 0,
  enforce_hibp_on_sign_in: false,
};

const usernameRules = { allow_extended_special_characters: false, allow_numeric_usernames: false };

const restrictions = {
  allowlist: { enabled: false },
  blocklist: { enabled: false },
  allowlist_blocklist_disabled_on_sign_in: { enabled: false },
  block_email_subaddresses: { enabled: false },
  block_disposable_email_domains: { enabled: false },
};

const attack_protection = {
  user_lockout: { enabled: false, max_attempts: 100, duration_in_minutes: 60 },
  pii: { enabled: true },
  email_link: { require_same_client: false },
  enumeration_protection: { enabled: false },
};

const theme = {
  buttons: { font_color: '#ffffff', font_family: 'inherit', font_weight: '600' },
  general: {
    color: '#4438a3',
    padding: '1em',
    box_shadow: 'none',
    font_color: '#1e1b29',
    font_family: 'inherit',
    border_radius: '0.5em',
    background_color: '#ffffff',
    label_font_weight: '600',
  },
  accounts: { background_color: '#ffffff' },
};

const PAGES = {
  home_url: '/',
  oauth_consent_url: '/',
  sign_in_url: '/sign-in',
  sign_up_url: '/sign-up',
  user_profile_url: '/',
  waitlist_url: '/',
  after_sign_in_url: '/',
  after_sign_up_url: '/',
  after_sign_out_one_url: '/sign-in',
  after_sign_out_all_url: '/sign-in',
  after_switch_session_url: '/',
  after_join_waitlist_url: '/',
  organization_profile_url: '/',
  create_organization_url: '/',
  after_leave_organization_url: '/',
  after_create_organization_url: '/',
};

/** Settings of an instance: email and password, organizations enabled, no captcha, no branding. */
export const ENVIRONMENT = {
  object: 'environment',
  id: 'env_stub',
  auth_config: {
    object: 'auth_config',
    id: 'aconf_stub',
    first_name: 'on',
    last_name: 'on',
    email_address: 'required',
    phone_number: 'off',
    username: 'off',
    password: 'required',
    identification_requirements: [['email_address']],
    identification_strategies: ['email_address'],
    first_factors: ['password'],
    second_factors: [],
    email_address_verification_strategies: ['email_code'],
    enhanced_email_deliverability: false,
    test_mode: false,
    url_based_session_syncing: true,
    native_settings: {
      object: 'native_settings',
      api_enabled: false,
      trusted_device_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_up_enabled: false,
    },
    single_session_mode: true,
    claimed_at: null,
    reverification: false,
    preferred_channels: {},
  },
  display_config: {
    object: 'display_config',
    id: 'display_config_stub',
    instance_environment_type: 'production',
    application_name: 'Rolecall',
    theme,
    preferred_sign_in_strategy: 'password',
    experimental_force_oauth_first: false,
    logo_image_url: '',
    logo_image: null,
    logo_url: null,
    logo_link_url: '/',
    favicon_image_url: '',
    favicon_image: null,
    favicon_url: null,
    help_url: null,
    ...PAGES,
    branded: false,
    captcha_public_key: null,
    captcha_widget_type: null,
    captcha_public_key_invisible: null,
    captcha_provider: 'turnstile',
    captcha_oauth_bypass: [],
    google_one_tap_client_id: null,
    support_email: null,
    clerk_js_version: '6',
    show_devmode_warning: false,
    terms_url: '',
    privacy_policy_url: '',
  },
  user_settings: {
    attributes,
    actions: { delete_self: false, create_organization: false, create_organizations_limit: null },
    restrictions,
    attack_protection,
    enterprise_sso: { enabled: false, self_serve_sso: false },
    saml: { enabled: false },
    social: {},
    sign_in: { second_factor: { required: false, enabled: false } },
    sign_up: {
      custom_action_required: false,
      progressive: true,
      mode: 'public',
      captcha_enabled: false,
      captcha_widget_type: 'smart',
      legal_consent_enabled: false,
      mfa: { required: false },
    },
    password_settings: passwordRules,
    passkey_settings: { allow_autofill: false, show_sign_in_button: false, satisfies_second_factor: false },
    username_settings: { min_length: 4, max_length: 64, ...usernameRules },
  },
  organization_settings: {
    enabled: true,
    max_allowed_memberships: 5000,
    force_organization_selection: false,
    actions: { admin_delete: true },
    domains: { enabled: false, enrollment_modes: [], default_role: '' },
    slug: { disabled: false },
    organization_creation_defaults: { enabled: false },
    creator_role: 'org:admin',
  },
  commerce_settings: {
    billing: {
      stripe_publishable_key: '',
      free_trial_requires_payment_method: false,
      organization: { enabled: false, has_paid_plans: false },
      user: { enabled: false, has_paid_plans: false },
    },
  },
  api_keys_settings: { enabled: false, user_api_keys_enabled: false, orgs_api_keys_enabled: false },
  protect_config: { object: 'protect_config', id: 'protect_stub', loaders: [] },
  maintenance_mode: false,
  client_debug_mode: false,
};
