// The marked spot: the picture knows it best; without one the answers do.

/** Marks a place, site metres. */
export async function mark(page, at_m) {
  if (page.stage?.ask({ spot: at_m }) || !page.answerer) return;
  page.hear({ spot: await page.answerer.spot(at_m) });
}
