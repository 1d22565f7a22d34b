/** The contracts of this repository, and where their AsyncAPI view lies in the site. */
export const CONTRACTS = [
  { id: "bandwidth-webrtc", document: "specs/bandwidth-webrtc/openapi.yaml", events: 3 },
  { id: "conference", document: "specs/conference/openapi.yaml", events: 22 },
  { id: "bandwidth-voice-messaging", document: "specs/bandwidth-voice-messaging/asyncapi.yaml", events: 17 },
] as const;

/** From the site's root. */
export function viewPath(id: string): string {
  return `asyncapi/${id}/index.html`;
}
