import './explain.css';
import { Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { jsonOf, newProperty, propertiesOf } from './resource-draft.ts';

type Props = {
  /** JSON text from the URL. */
  resource: string | undefined;
  onAsk: (resource: string | undefined) => void;
};

/** The resource to check, for conditional permissions; collapsed by default. */
export function ResourceField({ resource, onAsk }: Props) {
  const { t } = useI18n();
  const [properties, setProperties] = useState(() => [...propertiesOf(resource), newProperty()]);
  const change = (id: number, part: { path: string } | { value: string }) =>
    setProperties((now) => {
      const next = now.map((each) => (each.id === id ? { ...each, ...part } : each));
      return next.at(-1)?.path ? [...next, newProperty()] : next;
    });
  const asked = jsonOf(properties);
  return (
    <details className="explain-more" open={resource !== undefined}>
      <summary>{t('explain.resource')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAsk(asked);
        }}
      >
        <p className="muted">{t('explain.resource_text')}</p>
        <Flex component="ul" vertical gap={6} style={{ margin: '8px 0 12px' }}>
          {properties.map(({ id, path, value }, at) => (
            <Flex component="li" key={id} gap={8}>
              <Input
                className="mono"
                value={path}
                placeholder={at === 0 ? t('explain.property_hint') : t('explain.property')}
                aria-label={t('explain.property_n', { n: at + 1 })}
                spellCheck={false}
                autoComplete="off"
                onChange={({ target }) => change(id, { path: target.value })}
              />
              <Input
                value={value}
                placeholder={t('explain.property_value')}
                aria-label={t('explain.property_value_n', { n: at + 1 })}
                autoComplete="off"
                onChange={({ target }) => change(id, { value: target.value })}
              />
              {at < properties.length - 1 ? (
                <Button
                  type="text"
                  aria-label={t('explain.property_remove', { n: at + 1 })}
                  icon={<Icon name="close" size={16} />}
                  onClick={() => setProperties((now) => now.filter((each) => each.id !== id))}
                />
              ) : null}
            </Flex>
          ))}
        </Flex>
        <Button htmlType="submit" disabled={asked === resource}>
          {t('explain.check')}
        </Button>
      </form>
    </details>
  );
}
