import { expect, test } from "vitest";
import { plainArguments } from "../../../src/emit/validators/plain-arguments.ts";

const FUNCTION = 'function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){';

test("a validator takes the path, and hands on a path", () => {
  const code = `${FUNCTION}
if(!(validate2(data.a, {instancePath:instancePath+"/a",parentData:data,parentDataProperty:"a",rootData}))){}
if(!(validate3(data1, {instancePath:instancePath+"/b/" + i0+"/c",parentData:data.b[i0],parentDataProperty:i0,rootData}))){}
}`;
  expect(plainArguments([code])).toEqual([
    `function validate1(data, instancePath=""){
if(!(validate2(data.a, instancePath+"/a"))){}
if(!(validate3(data1, instancePath+"/b/" + i0+"/c"))){}
}`,
  ]);
});

test("a reference at the same place is handed the path as it is", () => {
  const code = `${FUNCTION}
if(!(validate2(data, {instancePath,parentData,parentDataProperty,rootData}))){}
if(!(validate3(data0, {instancePath:instancePath+"/a",parentData,parentDataProperty:"a",rootData}))){}
}`;
  expect(plainArguments([code])).toEqual([
    `function validate1(data, instancePath=""){
if(!(validate2(data, instancePath))){}
if(!(validate3(data0, instancePath+"/a"))){}
}`,
  ]);
});

test("text of a document that looks like code stays what it is", () => {
  const text = '{instancePath:x,parentData:y,parentDataProperty:z,rootData} \\" 0';
  const code = `${FUNCTION}\nif("${text}" !== data0){}\n}`;
  expect(plainArguments([code])).toEqual([`function validate1(data, instancePath=""){\nif("${text}" !== data0){}\n}`]);
});

test.each(["return rootData;", "validate2(data, {instancePath,parentData,dynamicAnchors})"])(
  "where a function reads more, all stay as they were: %s",
  (body) => {
    const codes = [`${FUNCTION}}`, `${FUNCTION}\n${body}\n}`];
    expect(plainArguments(codes)).toEqual(codes);
  },
);
