// Whether texts can be read.

/** The contrast (WCAG 2) of each text on the page with the nearest ground behind it. */
export const contrasts = () => {
  const rgb = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    const colour = rgb(getComputedStyle(element).backgroundColor);
    return colour[3] === 0 && element.parentElement ? ground(element.parentElement) : colour;
  };
  const texts = [...document.querySelectorAll("body *")].filter(
    (element) =>
      element.checkVisibility() &&
      !element.matches(".dot, svg title, svg desc") &&
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
  );
  return texts.map((element) => {
    const { color, fill } = getComputedStyle(element);
    const ink = element instanceof SVGElement ? fill : color;
    const [one, other] = [rgb(ink), ground(element)].map(light);
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return { text: element.textContent.trim().slice(0, 40), contrast };
  });
};
