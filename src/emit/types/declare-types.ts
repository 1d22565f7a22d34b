import type { Node, PropertySignature, TypeNode } from "typescript";
import type { TransformedSchemas } from "./transform-schemas.ts";
import { ts } from "./typescript.ts";
import { OWN_NAME } from "./typing-schema.ts";

/** The text of a member's comment: of a schema by its type's name, of a property by its node. */
export type DocumentationOf = (member: Node, name: string) => string | undefined;

/** Comments are wrapped so that a line of them fits on a page. */
const LINE_LENGTH_MAX = 112;

/**
 * Makes each of the named schemas that openapi-typescript wrote an exported type of its own. Comments are written anew, from the
 * document's prose alone.
 */
export function declareTypes({ members, helpers }: TransformedSchemas, documentationOf: DocumentationOf): Node[] {
  return [...helpers, ...members.map((member) => declare(member, documentationOf))];
}

function declare(member: PropertySignature, documentationOf: DocumentationOf): Node {
  const { factory } = ts;
  const name = nameOf(member);
  const type = ts.visitNode(member.type, visit) as TypeNode;
  const exported = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const declaration = ts.isTypeLiteralNode(type)
    ? factory.createInterfaceDeclaration(exported, name, undefined, undefined, type.members)
    : factory.createTypeAliasDeclaration(exported, name, undefined, type);
  return withComment(declaration, documentationOf(declaration, name));

  function visit(node: Node): Node {
    const referred = referredSchema(node);
    if (referred !== null) return factory.createTypeReferenceNode(referred);
    const visited = ts.visitEachChild(node, visit, undefined);
    return ts.isPropertySignature(node) && ts.isPropertySignature(visited)
      ? withComment(withOwnName(visited), documentationOf(node, ""))
      : visited;
  }
}

function withOwnName(member: PropertySignature): PropertySignature {
  const name = nameOf(member);
  if (!name.startsWith(OWN_NAME)) return member;
  const { modifiers, questionToken, type } = member;
  const own = ts.factory.createIdentifier(name.slice(OWN_NAME.length));
  return ts.factory.updatePropertySignature(member, modifiers, own, questionToken, type);
}

function nameOf(member: PropertySignature): string {
  return ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : "";
}

/** The name in `components["schemas"]["Order"]`. */
function referredSchema(node: Node): string | null {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return null;
  const { objectType, indexType } = node;
  if (!ts.isLiteralTypeNode(indexType) || !ts.isStringLiteral(indexType.literal)) return null;
  const root = objectType.objectType;
  const isComponents =
    ts.isTypeReferenceNode(root) && ts.isIdentifier(root.typeName) && root.typeName.text === "components";
  return isComponents ? indexType.literal.text : null;
}

function withComment<T extends Node>(node: T, text: string | undefined): T {
  ts.setSyntheticLeadingComments(node, undefined);
  if (text === undefined) return node;
  const lines = text.split("\n").flatMap(wrap);
  const comment =
    lines.length === 1
      ? `* ${lines[0]} `
      : `*\n${lines.map((line) => ` *${line === "" ? "" : ` ${line}`}\n`).join("")} `;
  return ts.addSyntheticLeadingComment(node, ts.SyntaxKind.MultiLineCommentTrivia, comment, true);
}

/** Breaks a long line between words; code and tables stay as they are. */
function wrap(line: string): string[] {
  const trimmed = line.trimEnd();
  if (trimmed.length <= LINE_LENGTH_MAX || /^(?: {4}|\t|\s*\|)/.test(trimmed)) return [trimmed];
  const lines: string[] = [];
  let current = "";
  for (const word of trimmed.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > LINE_LENGTH_MAX) {
      lines.push(current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
