import { TagsInput, type TagsInputProps } from "@mantine/core";

import { useVocabulary } from "@/api/vocabulary";

/** Tags: known ones are offered, new ones are typed. */
export function TagsField(props: Omit<TagsInputProps, "data">) {
  const tags = useVocabulary().data?.tags ?? [];
  return <TagsInput size="sm" clearable splitChars={[","]} maxLength={100} {...props} data={tags} />;
}
