"""The goods of examples/long-an, one function per picture.

Dice are seeded: no two runs differ.
"""
import math
import random

from pictures.canvas import (Card, arc, bowl, bowl_front, leaf_shape, mix, oval, place, seeds,
                             smooth,
                             stroke, wavy)

PINK, DEEP_PINK, PALE_PINK = (222, 52, 112), (178, 28, 84), (244, 120, 160)
GREEN, PALE_GREEN = (112, 168, 60), (176, 206, 96)


def scale_of_fruit(card, x, y, length, width, angle):
    shape = place(leaf_shape(length, width), x, y, angle)
    tip = place([(length, 0)], x, y, angle)[0]
    card.fill(shape, DEEP_PINK, to=(x, y, *tip, PALE_GREEN))


def dragon_fruit(flesh, flesh_edge):
    card, dice = Card((253, 246, 236), (250, 231, 222)), random.Random(1)
    card.shadow(50, 85, 38, 6)
    for k, angle in enumerate((-130, -112, -92, -72, -52)):
        scale_of_fruit(card, 31 + 3.6 * k, 36 - 2.5 * (2 - abs(k - 2)), 21, 8, angle)
    body = smooth([(38, 27), (54, 34), (60, 54), (54, 74), (38, 83), (22, 74), (16, 54), (22, 34)])
    card.fill(body, PALE_PINK, to=(24, 28, 52, 84, DEEP_PINK))
    for row, (y, count, reach) in enumerate(((42, 3, 13), (55, 4, 17), (68, 3, 14))):
        for k in range(count):
            side = (k - (count - 1) / 2) / max(count - 1, 1) * 2
            scale_of_fruit(card, 38 + reach * side, y + 3 * abs(side), 13, 8.5, -90 + 38 * side)
    for x, y, angle in ((17, 60, -160), (20, 72, 160), (31, 82, 115), (45, 82, 65)):
        scale_of_fruit(card, x, y, 9, 6, angle)
    for x, y, angle in ((86, 50, -35), (90, 64, 10), (84, 78, 45), (58, 82, 130), (70, 86, 95),
                        (76, 43, -70), (62, 45, -110)):
        scale_of_fruit(card, x, y, 9, 7, angle)
    card.fill(oval(71, 65, 20.5, 22.5, 8), PINK, to=(56, 46, 86, 86, DEEP_PINK))
    card.fill(oval(71, 65, 18.6, 20.6, 8), PALE_PINK)
    card.fill(oval(71, 65, 17.6, 19.6, 8), flesh, to=(62, 50, 82, 82, flesh_edge))
    seeds(card, 71, 65, 15.6, 17.4, 120, .62, (48, 32, 40), dice)
    return card


def dried_fruit():
    card, dice = Card((254, 244, 232), (248, 228, 206)), random.Random(4)
    bowl(card, (150, 96, 52), (206, 152, 96))
    heap = [(30, 57), (70, 57), (50, 59), (38, 50), (62, 50), (27, 50), (73, 49), (50, 50),
            (41, 42),
            (59, 41), (50, 35)]
    for x, y in heap:
        turn = dice.randrange(3)
        card.fill(wavy(x, y + 1.3, 12.4, dice), (110, 18, 52), .9)
        edge = wavy(x, y, 12, dice)
        card.fill(edge, (168, 34, 84), to=(x - 9, y - 7, x + 9, y + 7, (140, 22, 68)))
        card.fill(wavy(x, y - .4, 9.4, dice), (204, 62, 112), .85, clip=edge)
        seeds(card, x, y - .3, 7.6, 4.4, 34 + turn, .5, (62, 18, 40), dice)
    bowl_front(card, (158, 102, 56), (214, 160, 104))
    for k in range(3):
        card.fill(stroke(oval(50, 60 + 7 * k, 32 - 4 * k, 9.6, 0, 8, 172), .7), (136, 84, 44), .55)
    return card


def link(card, x, y, length, angle, dark, light, dice, bend=.1):
    (x1, y1), = place([(length, 0)], x, y, angle)
    spine = arc(x, y, x1, y1, bend)
    body = stroke(spine, 8.2)
    nx, ny = math.cos(math.radians(angle + 90)), math.sin(math.radians(angle + 90))
    card.fill(body, light, to=(x - 4 * nx, y - 4 * ny, x + 4.6 * nx, y + 4.6 * ny, dark))
    for _ in range(11):
        t = dice.randrange(1, 16)
        px, py = spine[t]
        off = dice.uniform(-2.8, 2.8)
        card.fill(oval(px + off * nx, py + off * ny, dice.uniform(.5, 1.1), .55,
                       angle + dice.uniform(-30, 30)), (250, 214, 190), .62, clip=body)
    shine = [(px - 2.3 * nx, py - 2.3 * ny) for px, py in spine[2:12]]
    card.fill(stroke(shine, 1.1, .5), (255, 236, 220), .6)


def sausage_string():
    card, dice = Card((252, 243, 230), (247, 226, 200)), random.Random(7)
    card.fill(stroke([(8, 17), (92, 15.4)], 4.4), (214, 172, 104),
              to=(8, 14, 8, 19, (166, 120, 62)))
    for x in (24, 51, 77):
        card.fill(stroke([(x, 13.8), (x, 18.8)], .9), (136, 94, 46))
    dark, light = (128, 26, 26), (204, 72, 56)
    for k, x in enumerate((20, 34, 48, 62, 76)):
        low = 3 * (k % 2)
        card.fill(stroke(arc(x + 2, 17, x, 26 + low, .1), .9), (232, 214, 176))
        card.fill(stroke(arc(x + 2, 17, x + 4, 26 + low, -.1), .9), (232, 214, 176))
        link(card, x, 30 + low, 20, 92, dark, light, dice, -.06)
        card.fill(stroke([(x - 2.2, 55 + low), (x + 1.2, 55 + low)], 1.6), (206, 58, 44))
        link(card, x - .6, 60 + low, 20, 88, dark, light, dice, .06)
        card.fill(stroke(arc(x, 85 + low, x + 2.6, 88 + low, .2), .8), (206, 58, 44))
    return card


def shrimp(card, x, y, angle, scale):
    body = stroke(place(oval(0, 0, 9, 8, 0, 200, 420), x, y, angle, scale), 6.4 * scale,
                  2.2 * scale)
    card.fill(body, (244, 132, 86), to=(x - 8, y - 8, x + 8, y + 8, (226, 92, 58)))
    for k in range(7):
        a = 215 + 26 * k
        inner, outer = oval(0, 0, 6.4, 5.6, 0, a, a + 1)[0], oval(0, 0, 11.4, 10.2, 0, a, a + 1)[0]
        card.fill(stroke(place([inner, outer], x, y, angle, scale), .7 * scale), (255, 206, 176),
                  .8,
                  clip=body)
    head = place(oval(0, 0, 9, 8, 0, 200, 420), x, y, angle, scale)[0]
    for bend in (.25, .4):
        (tx, ty), = place([(-16, 4)], *head, angle, scale)
        card.fill(stroke(arc(*head, tx, ty, bend), .5 * scale, .25), (214, 84, 52))
    card.fill(oval(head[0] - .4 * scale, head[1] - 1.2 * scale, .7 * scale, .7 * scale),
              (50, 30, 24))
    (tx, ty), = place([oval(0, 0, 9, 8, 0, 420, 421)[0]], x, y, angle, scale)
    for turn in (150, 185, 220):
        card.leaf(tx, ty, 5 * scale, 2.4 * scale, angle + turn, (226, 92, 58), (250, 150, 104))


def sausage_plate():
    card, dice = Card((245, 247, 236), (228, 236, 212)), random.Random(9)
    card.shadow(50, 84, 40, 6)
    card.fill(oval(50, 60, 41, 26), (206, 208, 204))
    card.fill(oval(50, 58, 41, 26), (250, 250, 246))
    card.fill(oval(50, 58, 33, 20), (236, 238, 232))
    card.fill(oval(50, 58.8, 32, 19), (246, 247, 242))
    for x, y, angle in ((20, 66, -200), (17, 55, -165), (26, 73, 150), (22, 60, 185)):
        card.leaf(x + 6, y, 15, 8, angle, (58, 128, 56), (124, 182, 84), (206, 226, 170))
    dark, light = (184, 74, 34), (240, 146, 84)
    for x, y in ((30, 49), (27, 59), (30, 69), (38, 54), (37, 64)):
        link(card, x, y, 36, -7, dark, light, dice, -.05)
        card.fill(stroke([(x - 4.6, y + .6), (x - 7.4, y + 1.8)], 1), (232, 206, 160))
    shrimp(card, 72, 36, 20, 1.0)
    shrimp(card, 82, 60, 70, .8)
    for x, y in ((24, 40), (46, 33), (54, 80)):
        card.fill(oval(x, y, 3.4, 3.1), (210, 44, 38),
                  to=(x - 3, y - 3, x + 3, y + 3, (160, 24, 24)))
        card.fill(oval(x, y, 1.5, 1.3), (250, 214, 150))
    return card


def cabbage():
    card, dice = Card((244, 248, 232), (226, 238, 204)), random.Random(3)
    card.shadow(50, 89, 20, 4)
    stems, veins = (176, 212, 124), (214, 234, 172)
    ribs = [(-40, 26), (34, 28), (-26, 34), (22, 36), (-12, 40), (11, 41), (0, 44)]
    for lean, height in ribs:
        x = 50 + height * math.sin(math.radians(lean))
        y = 66 - height * math.cos(math.radians(lean))
        card.fill(stroke(arc(50 + lean * .12, 70, x, y, lean * .003), 4, 2), stems,
                  to=(50, 66, x, y, (140, 186, 84)))
        for side in (-1, 1):
            angle = lean - 90 + side * dice.uniform(38, 52)
            card.leaf(x - lean * .06, y + 9, 23, 15, angle, (48, 118, 52), (98, 168, 70), veins)
        card.leaf(x, y + 5, 20, 13, lean - 90 + dice.uniform(-8, 8), (60, 134, 58), (116, 182, 80),
                  veins)
        for _ in range(6):
            fx, fy = x + dice.uniform(-4, 4), y - 13 + dice.uniform(-3, 3)
            card.fill(stroke([(x, y - 2), (fx, fy)], .5), (140, 186, 84))
            for turn in range(4):
                (px, py), = place([(1.1, 0)], fx, fy, 90 * turn + 20)
                card.fill(oval(px, py, 1.1, .85, 90 * turn + 20), (248, 214, 60))
            card.fill(oval(fx, fy, .6, .6), (226, 160, 40))
    for k in range(7):
        x = 38 + 4 * k
        card.fill(stroke(arc(50 + (x - 50) * .62, 66, x, 88, 0), 4.2), stems,
                  to=(x - 2, 70, x + 2, 71, (150, 194, 98)))
        card.fill(oval(x, 89.6, 2, 1.1), (228, 240, 200))
    card.fill(stroke(arc(40, 70, 60, 70, -.1), 4.4), (222, 178, 96),
              to=(40, 68, 60, 74, (178, 128, 58)))
    card.fill(stroke(arc(40.5, 71.4, 59.5, 71.4, -.1), .6), (150, 104, 44))
    return card


def pennywort():
    card, dice = Card((240, 248, 238), (214, 236, 214)), random.Random(5)
    card.shadow(50, 90, 15, 3.4)
    tips = sorted(((dice.uniform(-56, 56), dice.uniform(26, 50)) for _ in range(26)),
                  key=lambda t: -t[1])
    for lean, height in tips:
        x = 50 + height * math.sin(math.radians(lean))
        y = 68 - height * math.cos(math.radians(lean))
        card.fill(stroke(arc(50 + lean * .06, 74, x, y, lean * .004), 1.3, .9), (112, 156, 78))
        size, turn = dice.uniform(7.4, 9.4), lean + dice.uniform(-16, 16)
        rim = []
        for k in range(33):
            a = 112 + (428 - 112) * k / 32
            r = size * (1 + .035 * math.cos(math.radians(k * 90)))
            rim.append((r * math.cos(math.radians(a)), r * .92 * math.sin(math.radians(a))))
        shape = place(rim + [(0, size * .1)], x, y, turn)
        card.fill(place(shape, .5, .9), (40, 92, 46), .25)
        card.fill(shape, (108, 186, 88), to=(x - 4, y - size, x + 4, y + size, (52, 136, 66)))
        for k in range(7):
            a = 120 + 50 * k
            card.fill(stroke(place([(0, 0), (.8 * size * math.cos(math.radians(a)),
                                             .74 * size * math.sin(math.radians(a)))], x, y, turn),
                             .5, .2), (186, 222, 150), .9)
    for k in range(9):
        x = 42 + 2 * k
        card.fill(stroke(arc(50 + (x - 50) * .7, 68, x, 89, 0), 1.6, 1.2), (126, 170, 88))
    card.fill(stroke(arc(43.5, 74, 56.5, 74, -.1), 3.2), (222, 178, 96),
              to=(43, 73, 57, 76, (178, 128, 58)))
    return card


def weave(card, shape, top, bottom, dark, light):
    card.fill(shape, light, to=(20, top, 82, bottom, dark))
    rows = 6
    for row in range(rows):
        y = top + (bottom - top) * (row + .5) / rows
        for k in range(13):
            x = 14 + 6 * k + 3 * (row % 2)
            card.fill(stroke([(x, y), (x + 3.6, y)], (bottom - top) / rows * .62),
                      mix(light, dark, .85),
                      .75, clip=shape)
            card.fill(stroke([(x + .3, y - .8), (x + 3.2, y - .8)], .6), (246, 214, 156), .6,
                      clip=shape)


def blossom(card, x, y, size):
    for k in range(5):
        (px, py), = place([(size * .62, 0)], x, y, 72 * k - 90)
        card.fill(oval(px, py, size * .56, size * .46, 72 * k - 90), (252, 212, 58),
                  to=(x, y, x + size, y + size, (240, 178, 34)))
    card.fill(oval(x, y, size * .26, size * .26), (206, 110, 32))


def gift_basket():
    card, dice = Card((255, 243, 232), (252, 222, 206)), random.Random(6)
    card.shadow(50, 89, 36, 5)
    handle = oval(50, 58, 32, 45, 0, 180, 360)
    card.fill(stroke(handle, 4), (190, 132, 66))
    for k in range(2, 71, 4):
        card.fill(stroke([handle[k], handle[k + 2]], 2.2), (222, 170, 100))
    pouch = smooth([(26, 28), (46, 25), (49, 40), (50, 64), (24, 66), (25, 44)])
    card.fill(pouch, (232, 196, 140), to=(24, 30, 50, 60, (204, 158, 98)))
    card.fill([(25.6, 28), (46.6, 25), (47.4, 29.4), (25.8, 32.2)], (176, 128, 72))
    card.fill(oval(37, 46, 8.6, 9.4), (255, 248, 236))
    card.fill(oval(37, 46, 6.6, 7.2), (196, 44, 98), to=(32, 40, 42, 52, (156, 26, 76)))
    seeds(card, 37, 46, 5.2, 5.8, 30, .5, (60, 18, 40), dice)
    for x, dark, light in ((57, (128, 26, 26), (204, 72, 56)), (66, (184, 74, 34), (240, 146, 84)),
                           (61.5, (128, 26, 26), (204, 72, 56)), (71, (184, 74, 34),
                                                                  (240, 146, 84))):
        link(card, x, 62, 30 - abs(x - 62), -82, dark, light, dice, .03)
    body = smooth([(17, 57), (20, 72), (26, 88)], closed=False) + \
        smooth([(74, 88), (80, 72), (83, 57)], closed=False)
    weave(card, body, 58, 88, (152, 98, 46), (214, 160, 92))
    card.fill(stroke(arc(15, 58, 85, 58, -.03), 5), (196, 138, 72),
              to=(15, 56, 15, 62, (156, 102, 50)))
    red, deep = (214, 38, 48), (160, 20, 34)
    for side in (-1, 1):
        loop = place(smooth([(0, 0), (8 * side, -8), (15 * side, -5), (14 * side, 4),
                             (7 * side, 4)]), 50, 62)
        card.fill(loop, red, to=(50, 54, 50 + 14 * side, 68, deep))
        tail = place([(0, 0), (9 * side, 17), (5 * side, 16), (3 * side, 19), (-1 * side, 3)], 50,
                     62)
        card.fill(tail, red, to=(50, 62, 50 + 6 * side, 82, deep))
    card.fill(oval(50, 62, 3.8, 3.6), red, to=(47, 59, 53, 66, deep))
    for x, y, size in ((20, 52, 5), (27, 58, 4), (78, 50, 5.4), (72, 57, 4), (83, 60, 3.4)):
        blossom(card, x, y, size)
    return card
