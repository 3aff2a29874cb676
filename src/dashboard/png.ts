const INHERITED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'fill-opacity',
  'opacity',
  'font',
  'visibility',
];
const SCALE = 2;

/**
 * A drawing as a picture on the page's background, twice as fine as on screen, its title above it. Style sheets do not reach
 * into pictures, so what they say is written into a copy first.
 */
export async function toPng(svg: SVGSVGElement, title: string): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [svg, copy].map((root) => [root, ...root.querySelectorAll<SVGElement>('*')]);
  from!.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of INHERITED) to![i]!.setAttribute(name, style.getPropertyValue(name));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  const top = 28;
  canvas.width = width * SCALE;
  canvas.height = (height + top) * SCALE;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  const body = getComputedStyle(document.body);
  pen.scale(SCALE, SCALE);
  pen.fillStyle = body.backgroundColor === 'rgba(0, 0, 0, 0)' ? '#1f1f1f' : body.backgroundColor;
  pen.fillRect(0, 0, width, height + top);
  pen.fillStyle = body.color;
  pen.font = `600 13px ${body.fontFamily}`;
  pen.fillText(title, 8, 18);
  pen.drawImage(picture, 0, top, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png');
  });
}

export async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
