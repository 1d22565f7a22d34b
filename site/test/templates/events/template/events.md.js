import { File, Text } from "@asyncapi/generator-react-sdk";

/** One line a message that the document's operations send, with its summary. */
export default function ({ asyncapi, params }) {
  const sent = asyncapi
    .operations()
    .all()
    .flatMap((operation) => operation.messages().all());
  return (
    <File name="events.md">
      <Text newLines={2}>{`# ${params.heading}`}</Text>
      {sent.map((message) => (
        <Text key={message.id()}>{`- ${message.name() || message.id()}`}</Text>
      ))}
    </File>
  );
}
