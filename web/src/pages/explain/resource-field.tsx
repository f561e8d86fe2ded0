import './explain.css';
import { Button, Flex, Form, Input } from 'antd';
import { t } from '../../i18n/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { jsonOf, type Property, propertiesOf } from './resource-draft.ts';

type Props = {
  /** JSON text from the URL. */
  resource: string | undefined;
  onAsk: (resource: string | undefined) => void;
};
const NEW: Property = { path: '', value: '' };

/** The resource to check, for conditional permissions; collapsed by default. */
export function ResourceField({ resource, onAsk }: Props) {
  const [form] = Form.useForm<{ properties: Property[] }>();
  const initial = [...propertiesOf(resource), NEW];
  const properties = Form.useWatch('properties', form) ?? initial;
  const asked = jsonOf(properties);
  return (
    <details className="explain-more" open={resource !== undefined}>
      <summary>{t('explain.resource')}</summary>
      <Form form={form} initialValues={{ properties: initial }} onFinish={() => onAsk(asked)}>
        <p className="muted">{t('explain.resource_text')}</p>
        <Form.List name="properties">
          {(fields, { add, remove }) => (
            <Flex component="ul" vertical gap={6} style={{ margin: '8px 0 12px' }}>
              {fields.map(({ key, name: at }) => (
                <Flex component="li" key={key} gap={8}>
                  <Form.Item noStyle name={[at, 'path']}>
                    <Input
                      className="mono"
                      placeholder={at === 0 ? t('explain.property_hint') : t('explain.property')}
                      aria-label={t('explain.property_n', { n: at + 1 })}
                      spellCheck={false}
                      autoComplete="off"
                      // There is always an empty line after the last one.
                      onChange={({ target }) => target.value && at === fields.length - 1 && add(NEW)}
                    />
                  </Form.Item>
                  <Form.Item noStyle name={[at, 'value']}>
                    <Input
                      placeholder={t('explain.property_value')}
                      aria-label={t('explain.property_value_n', { n: at + 1 })}
                      autoComplete="off"
                    />
                  </Form.Item>
                  {at < fields.length - 1 ? (
                    <Button
                      type="text"
                      aria-label={t('explain.property_remove', { n: at + 1 })}
                      icon={<Icon name="close" size={16} />}
                      onClick={() => remove(at)}
                    />
                  ) : null}
                </Flex>
              ))}
            </Flex>
          )}
        </Form.List>
        <Button htmlType="submit" disabled={asked === resource}>
          {t('explain.check')}
        </Button>
      </Form>
    </details>
  );
}
