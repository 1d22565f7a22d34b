import { File, Text } from "@asyncapi/generator-react-sdk";

export default function ({ asyncapi }) {
  return (
    <File name="broken.md">
      <Text>{asyncapi.nothing().here}</Text>
    </File>
  );
}
