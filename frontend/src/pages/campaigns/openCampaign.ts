/** Opens a campaign as a whole document: only those of mail may show pictures from the web. */
export function openCampaign(id: number): void {
  window.location.assign(`/campaigns/${id}`);
}
