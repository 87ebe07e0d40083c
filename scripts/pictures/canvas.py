"""A card to draw on: outlines, gradients, soft edges, and the PNG that comes out.

Units are hundredths of the card's side, y goes down; the last shape covers the others. Edges have
exact horizontal coverage and SUB lines per pixel. Only Python's standard library; nothing here is
random, so the same drawing is the same bytes (with the same zlib).
"""
import collections
import math
import struct
import zlib

SIZE = 800            # pixels a side
UNIT = SIZE / 100     # pixels per unit
SUB = 4               # sampled lines per pixel row
STEPS = 24            # colours of one gradient
COLOURS = 128         # of one picture: what keeps the files small
BUCKET_BITS = 3       # colours closer than this count as one




def mix(a, b, t):
    return tuple(round(p + (q - p) * t) for p, q in zip(a, b))


# ── outlines: lists of points ───────────────────────────────────────────────────────────────────
def oval(cx, cy, rx, ry, angle=0.0, start=0.0, stop=360.0):
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    out = []
    for k in range(73):
        a = math.radians(start + (stop - start) * k / 72)
        x, y = rx * math.cos(a), ry * math.sin(a)
        out.append((cx + x * c - y * s, cy + x * s + y * c))
    return out


def smooth(points, closed=True):
    """A soft curve through the points (Catmull-Rom)."""
    out, n = [], len(points)
    for i in range(n if closed else n - 1):
        if closed:
            a, b, c, d = (points[(i + k) % n] for k in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(i + k, 0), n - 1)] for k in (-1, 0, 1, 2))
        for k in range(10):
            t = k / 10
            out.append(tuple(0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t +
                                    (3 * q - p - 3 * r + s) * t ** 3)
                             for p, q, r, s in zip(a, b, c, d)))
    return out if closed else out + [points[-1]]


def stroke(points, width, end_width=None):
    """A line of that width with round ends; it may grow thinner towards its end."""
    end_width = width if end_width is None else end_width
    left, right, n = [], [], len(points)
    for i, (x, y) in enumerate(points):
        (x0, y0), (x1, y1) = points[max(i - 1, 0)], points[min(i + 1, n - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        half = (width + (end_width - width) * i / max(n - 1, 1)) / 2
        nx, ny = -(y1 - y0) / length * half, (x1 - x0) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))

    def cap(at, before, half):
        a = math.degrees(math.atan2(at[1] - before[1], at[0] - before[0]))
        return oval(*at, half, half, a, 90, -90)[::6]

    return (left + cap(points[-1], points[-2], end_width / 2) + right[::-1] +
            cap(points[0], points[1], width / 2))


def arc(x0, y0, x1, y1, bend=0.0):
    """From one point to another, bowed sideways by `bend` of its length."""
    mx, my = (x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend
    return [((1 - t) ** 2 * x0 + 2 * t * (1 - t) * mx + t * t * x1,
             (1 - t) ** 2 * y0 + 2 * t * (1 - t) * my + t * t * y1)
            for t in (k / 16 for k in range(17))]


def place(shape, x, y, angle=0.0, scale=1.0):
    c, s = math.cos(math.radians(angle)) * scale, math.sin(math.radians(angle)) * scale
    return [(x + px * c - py * s, y + px * s + py * c) for px, py in shape]


def leaf_shape(length, width):
    """Pointed, from (0, 0) along the x axis."""
    return smooth([(0, 0), (length * .3, -width * .45), (length * .65, -width * .42)],
                  closed=False) + \
        smooth([(length * .65, -width * .42), (length, 0), (length * .65, width * .42)],
               closed=False)[8:13] + \
        smooth([(length * .65, width * .42), (length * .3, width * .45), (0, 0)], closed=False)


# ── painting ────────────────────────────────────────────────────────────────────────────────────
def coverage(shape):
    """{pixel row: (first column, [share of each pixel that lies inside])}, even-odd rule."""
    points = [(round(x * UNIT, 3), round(y * UNIT, 3)) for x, y in shape]
    edges = []
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
        if y0 != y1:
            edges.append((y0, y1, x0, (x1 - x0) / (y1 - y0)) if y0 < y1 else
                         (y1, y0, x1, (x0 - x1) / (y0 - y1)))
    left = max(0, int(min(p[0] for p in points)))
    right = min(SIZE, int(max(p[0] for p in points)) + 2)
    top = max(0, int(min(p[1] for p in points)))
    bottom = min(SIZE, int(max(p[1] for p in points)) + 1)
    rows = {}
    for row in range(top, bottom):
        near = [e for e in edges if e[0] < row + 1 and e[1] > row]
        if not near or left >= right:
            continue
        line = [0.0] * (right - left + 1)
        for k in range(SUB):
            y = row + (k + 0.5) / SUB
            cuts = sorted(x + (y - y0) * slope for y0, y1, x, slope in near if y0 <= y < y1)
            for a, b in zip(cuts[::2], cuts[1::2]):
                add_span(line, max(a, left) - left, min(b, right) - left)
        rows[row] = (left, line)
    return rows


def add_span(line, a, b):
    if b <= a:
        return
    i, j = int(a), int(b)
    if i == j:
        line[i] += (b - a) / SUB
        return
    line[i] += (i + 1 - a) / SUB
    for k in range(i + 1, j):
        line[k] += 1 / SUB
    line[j] += (b - j) / SUB


class Card:
    def __init__(self, colour, disc):
        self.rows = [bytearray(bytes(colour) * SIZE) for _ in range(SIZE)]
        self.fill(oval(50, 50, 43, 43), disc)

    def fill(self, shape, colour, alpha=1.0, to=None, clip=None):
        """`to` is (x0, y0, x1, y1, colour at the end): a gradient between two points."""
        mask = coverage(clip) if clip else None
        shades = [mix(colour, to[4], k / STEPS) for k in range(STEPS + 1)] if to else [colour]
        if to:
            x0, y0, dx, dy = to[0], to[1], to[2] - to[0], to[3] - to[1]
            scale = STEPS / ((dx * dx + dy * dy) * UNIT)
        for row, (left, line) in coverage(shape).items():
            if mask is not None:
                if row not in mask:
                    continue
                start, allowed = mask[row]
            target = self.rows[row]
            for k, share in enumerate(line):
                x = left + k
                if share < 0.004 or x >= SIZE:
                    continue
                if mask is not None:
                    share *= allowed[x - start] if 0 <= x - start < len(allowed) else 0.0
                share = min(share, 1.0) * alpha
                shade = shades[0]
                if to:
                    t = ((x - x0 * UNIT) * dx + (row - y0 * UNIT) * dy) * scale
                    shade = shades[min(max(int(t), 0), STEPS)]
                for c in range(3):
                    old = target[3 * x + c]
                    target[3 * x + c] = int(old + (shade[c] - old) * share + 0.5)

    def shadow(self, cx, cy, rx, ry):
        for k in range(3):
            self.fill(oval(cx, cy, rx - 2 * k, ry - 0.7 * k), (70, 52, 34), 0.07)

    def leaf(self, x, y, length, width, angle, dark, light, vein=None):
        shape = place(leaf_shape(length, width), x, y, angle)
        tip = place([(length, 0)], x, y, angle)[0]
        self.fill(shape, dark, to=(x, y, *tip, light))
        if vein:
            end = place([(length * .86, 0)], x, y, angle)[0]
            self.fill(stroke([(x, y), end], width * .07 + .2, .15), vein)

    def png(self):
        palette, indexed = self.indexed()
        raw = b"".join(b"\x00" + row for row in indexed)

        def chunk(kind, data):
            body = kind + data
            return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

        return (b"\x89PNG\r\n\x1a\n" +
                chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 3, 0, 0, 0)) +
                chunk(b"PLTE", b"".join(bytes(c) for c in palette)) +
                chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))

    def indexed(self):
        """The most used colours, and each row as their numbers; rarer colours take the nearest."""
        pixels = [[tuple(row[i:i + 3]) for i in range(0, 3 * SIZE, 3)] for row in self.rows]
        uses = collections.Counter()
        for row in pixels:
            uses.update(row)
        buckets = {}
        for colour, count in sorted(uses.items(), key=lambda item: (-item[1], item[0])):
            bucket = buckets.setdefault(tuple(c >> BUCKET_BITS for c in colour), [colour, 0])
            bucket[1] += count
        kept = sorted(buckets.values(), key=lambda b: (-b[1], b[0]))[:COLOURS]
        palette = [colour for colour, _ in kept]
        number = {}
        for colour in uses:
            r, g, b = colour
            number[colour] = min(range(len(palette)), key=lambda i: (
                (r - palette[i][0]) ** 2 + (g - palette[i][1]) ** 2 + (b - palette[i][2]) ** 2, i))
        return palette, [bytes(number[p] for p in row) for row in pixels]


# ── what several goods share ─────────────────────────────────────────────────────────────────────
def wavy(cx, cy, r, dice, squash=.62, bumps=9, rough=.11):
    """A round slice with an uneven edge."""
    turn, out = dice.uniform(0, 360), []
    for k in range(bumps):
        a, reach = math.radians(turn + k * 360 / bumps), r * dice.uniform(.97 - rough, .97 + rough)
        out.append((cx + reach * math.cos(a), cy + reach * squash * math.sin(a)))
    return smooth(out)


def seeds(card, cx, cy, rx, ry, count, size, colour, dice):
    for k in range(count):
        a, r = k * 2.39996, math.sqrt((k + 0.5) / count)
        card.fill(oval(cx + rx * r * math.cos(a) + dice.uniform(-.4, .4),
                       cy + ry * r * math.sin(a) + dice.uniform(-.4, .4),
                       size * .62, size, dice.uniform(0, 180)), colour)


def bowl(card, dark, light, rim_y=58):
    card.shadow(50, 88, 32, 5)
    card.fill([(15, rim_y)] + smooth([(15, rim_y), (20, rim_y + 17), (34, 87), (66, 87),
                                      (80, rim_y + 17), (85, rim_y)], closed=False),
              light, to=(20, rim_y, 78, 88, dark))
    card.fill(oval(50, rim_y, 35, 11), light)
    card.fill(oval(50, rim_y, 32.5, 9.2), mix(dark, (30, 20, 10), .35))


def bowl_front(card, dark, light):
    """The near side, over what lies in the bowl."""
    shape = [(15, 58)] + smooth([(15, 58), (20, 75), (34, 87), (66, 87), (80, 75), (85, 58)],
                                closed=False) + oval(50, 58, 34, 10, 0, 0, 180)
    card.fill(shape, light, to=(20, 60, 78, 88, dark))
