/** Our look for rjsf: accessible markup, and nothing in English but what the form itself says. */
import { getDefaultRegistry } from '@rjsf/core';
import type { RegistryFieldsType, RegistryWidgetsType, TemplatesType } from '@rjsf/utils';
import { ArrayFieldItemTemplate, ArrayFieldTemplate } from './ArrayTemplate';
import { CheckboxesWidget, CheckboxWidget, RadioWidget, ScaleWidget, SelectWidget } from './choices';
import { DateWidget } from './DateWidget';
import { FieldTemplate } from './FieldTemplate';
import {
  DateTimeWidget,
  HiddenWidget,
  NumberWidget,
  PasswordWidget,
  TextareaWidget,
  TextWidget,
  TimeWidget,
} from './inputs';
import { ObjectFieldTemplate } from './ObjectTemplate';
import { RegisterWidget } from './RegisterWidget';

export const templates: Partial<TemplatesType> = {
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
  ArrayFieldItemTemplate,
  // Titles, descriptions and errors have their places in the templates above.
  TitleFieldTemplate: () => null,
  DescriptionFieldTemplate: () => null,
  FieldErrorTemplate: () => null,
  FieldHelpTemplate: () => null,
  ErrorListTemplate: () => null,
};

export const widgets: RegistryWidgetsType = {
  text: TextWidget,
  password: PasswordWidget,
  textarea: TextareaWidget,
  number: NumberWidget,
  date: DateWidget,
  time: TimeWidget,
  datetime: DateTimeWidget,
  select: SelectWidget,
  radio: RadioWidget,
  scale: ScaleWidget,
  checkbox: CheckboxWidget,
  checkboxes: CheckboxesWidget,
  register: RegisterWidget,
  hidden: HiddenWidget,
};

const { StringField } = getDefaultRegistry().fields;

// Numbers, too, are drawn as plain fields: rjsf's own number field knows no decimal comma.
export const fields: RegistryFieldsType = StringField ? { NumberField: StringField } : {};
