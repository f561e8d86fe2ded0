import { audit } from './entries/audit.tsx';
import { chips } from './entries/chips.tsx';
import { dialog } from './entries/dialog.tsx';
import { features } from './entries/features.tsx';
import { feedback } from './entries/feedback.tsx';
import { form } from './entries/form.tsx';
import { layout } from './entries/layout.tsx';
import { list } from './entries/list.tsx';
import { page } from './entries/page.tsx';
import type { Entry } from './entry.ts';

/** The pages of the gallery: one for each folder of src/ui, the features, and the frame of the console. */
export const groups: Record<string, Entry[]> = { chips, feedback, dialog, page, audit, form, list, features, layout };
