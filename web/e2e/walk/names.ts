const HIT = 'window.hostile=1';

/** Fifty names that a person, a provider or an attacker could give to anything. */
export const HOSTILE_NAMES: readonly string[] = [
  // Markup that would run.
  `<script>${HIT}</script>`,
  `<img src=x onerror="${HIT}">`,
  `"><svg onload=${HIT}>`,
  `' autofocus onfocus='${HIT}' x='`,
  `<iframe srcdoc="<script>parent.${HIT}</script>">`,
  `</title></style></textarea><script>${HIT}</script>`,
  `<math><mi xlink:href="javascript:${HIT}">x</mi></math>`,
  `<a href="javascript:${HIT}">Ada</a>`,
  `javascript:${HIT}`,
  `<style>*{display:none}</style>`,
  `<!-- <b>bold</b> &lt;i&gt; &amp;amp;`,
  // Templates and placeholders.
  '{name} {actor} {0} {count, plural, other {#}}',
  `{{constructor.constructor('${HIT}')()}}`,
  `\${${HIT}} #{7*7} <%= 7*7 %>`,
  '%s %d %n %00 %2e%2e%2f',
  "$& $1 $$ $` $'",
  // Words that code takes for something else.
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '[object Object]',
  // Spreadsheets, SQL, paths, addresses and Markdown.
  '=HYPERLINK("https://evil.test","Ada")',
  '+1 555 0100; @SUM(A1)',
  "Robert'); DROP TABLE tenant;--",
  '../../etc/passwd?x=1#y&z',
  'https://evil.test/?a=b',
  '**bold** [Ada](https://evil.test) `code` ~~x~~',
  'Ada "the Owner" Park, O’Neil & Söhne',
  '« Élodie » : d’où ? c’est l’été !',
  // Direction.
  'محمد الهاشمي (مدير)',
  'דנה כהן - 42!',
  '\u202eevil\u202c Ada',
  '\u2067Ada\u2069 \u2066Park',
  'Ann \u200fremoved\u200e by \u061c',
  'שלום Ada مرحبا 123',
  // Nothing to see, or more than a line holds.
  'A\u200bd\u200da\u2060 \u00ad\ufeffPark',
  `Z${'\u0335\u0321\u0327\u0320\u0348\u0349\u030a\u0301\u035e\u0361'.repeat(2)}a${'\u0363\u0364\u0365\u0366\u0367'.repeat(4)}lgo`,
  'W'.repeat(200),
  'مرحبا'.repeat(40),
  '漢字'.repeat(40),
  'several  words   that\tare\nbroken\u2028into lines',
  `Wolfeschlegelsteinhausenbergerdorff ${'Maria '.repeat(12)}`,
  // Scripts.
  '李晓明 と さくら 김민준',
  'ñ ßİı Å é ﬁ ①',
  '👩‍👩‍👧‍👦🏳️‍🌈🇫🇷 🧑🏿‍💻 ❤️‍🔥',
  '😀'.repeat(30),
  'ก็็็็็็็ ᄀᄀᄀ각 ﷽',
];
