"""The goods of examples/quang-ngai, one function per picture.

Dice are seeded: no two runs differ.
"""
import math
import random

from pictures.canvas import Card, arc, bowl, bowl_front, oval, place, smooth, stroke, wavy


def oyster(card, x, y, r, root):
    card.fill(stroke(arc(x, y + r * .3, *root, .06), r * .5, r * .34), (250, 246, 236),
              to=(x - r * .3, y, x + r * .4, y, (222, 212, 194)))
    gills = smooth([(x - r * .86, y + r * .08), (x, y + r * .02), (x + r * .86, y + r * .08),
                    (x + r * .4, y + r * .5), (x, y + r * .72), (x - r * .4, y + r * .5)])
    card.fill(gills, (244, 238, 224), to=(x, y, x, y + r * .7, (214, 202, 180)))
    for k in range(11):
        side = (k - 5) / 5
        card.fill(stroke([(x + side * r * .84, y + r * .1), (x + side * r * .16, y + r * .68)],
                         .35),
                  (184, 170, 146), .7, clip=gills)
    cap = smooth([(x - r, y + r * .06), (x - r * .84, y - r * .36), (x - r * .36, y - r * .62),
                  (x + r * .3, y - r * .6), (x + r * .82, y - r * .34), (x + r, y + r * .08),
                  (x + r * .5, y + r * .22), (x, y + r * .16), (x - r * .5, y + r * .24)])
    card.fill(cap, (188, 176, 164),
              to=(x - r * .3, y - r * .6, x + r * .3, y + r * .3, (124, 112, 104)))
    card.fill(stroke(arc(x - r * .62, y - r * .22, x + r * .1, y - r * .44, .16), r * .12, r * .04),
              (222, 214, 204), .8)


def oyster_mushrooms():
    card = Card((247, 243, 236), (234, 226, 212))
    card.shadow(50, 88, 28, 5)
    root = (50, 84)
    for x, y, r in ((28, 36, 15), (54, 28, 18), (77, 42, 14), (40, 49, 16), (66, 54, 16),
                    (26, 60, 12),
                    (50, 64, 13), (76, 68, 9)):
        oyster(card, x, y, r, root)
    card.fill(wavy(50, 85, 15, random.Random(2), .36), (240, 232, 216),
              to=(36, 80, 64, 90, (208, 196, 174)))
    return card


def wood_ear():
    card, dice = Card((247, 242, 234), (232, 220, 202)), random.Random(8)
    bowl(card, (74, 116, 122), (136, 178, 178))
    heap = [(30, 56), (70, 56), (50, 59), (39, 50), (61, 50), (27, 49), (74, 48), (50, 48),
            (40, 41),
            (60, 40), (50, 34)]
    for x, y in heap:
        ear = wavy(x, y, 12.4, dice, .7, 11, .22)
        card.fill(place(ear, .6, 1.3), (26, 14, 10), .55)
        card.fill(ear, (148, 112, 90), to=(x - 8, y - 8, x + 8, y + 9, (84, 58, 46)))
        hollow = wavy(x + .6, y + 1, 9.2, dice, .62, 9, .2)
        card.fill(hollow, (58, 38, 32), to=(x - 6, y - 5, x + 7, y + 7, (92, 64, 52)), clip=ear)
        for side in (-1, 1):
            bend, low = dice.uniform(-.35, .35), dice.uniform(-2, 3)
            card.fill(stroke(arc(x - 7, y + low + 2 * side, x + 6, y + low - side, bend), 1, .3),
                      (132, 98, 80), .8, clip=hollow)
        card.fill(stroke(arc(x - 9, y - 4, x + 3, y - 7, .16), .9, .3), (196, 164, 140), .7,
                  clip=ear)
    bowl_front(card, (72, 114, 120), (142, 184, 184))
    card.fill(stroke(oval(50, 62, 32, 9.4, 0, 8, 172), 1.2), (214, 232, 226), .8)
    return card


def rabbit_badge(card, x, y, size):
    ink, paper = (82, 116, 132), (255, 255, 255)
    card.fill(oval(x, y, size, size), paper)
    card.fill(oval(x, y, size * .9, size * .9), ink)
    for side in (-1, 1):
        card.fill(oval(x + side * size * .19, y - size * .4, size * .13, size * .36, side * 10),
                  paper)
    card.fill(oval(x, y + size * .14, size * .4, size * .36), paper)
    for side in (-1, 1):
        card.fill(oval(x + side * size * .15, y + size * .08, size * .05, size * .06), ink)
    card.fill(oval(x, y + size * .24, size * .06, size * .045), (226, 130, 140))


def rabbit_meat():
    card = Card((236, 244, 248), (214, 230, 238))
    card.shadow(50, 84, 41, 6)
    corners = [(13, 38), (20, 30), (80, 30), (87, 38), (91, 74), (84, 82), (16, 82), (9, 74)]
    card.fill(smooth(corners), (206, 216, 222))
    card.fill(place(smooth(corners), 0, -1.6), (250, 252, 253))
    inner = [(50 + (x - 50) * .88, 55 + (y - 56) * .84) for x, y in corners]
    card.fill(smooth(inner), (228, 236, 240))
    for x, y, angle, scale in ((30, 46, 14, 1.0), (60, 42, -10, 1.0), (34, 68, -8, 1.05),
                               (64, 66, 168, 1.05)):
        leg = smooth([(-15, -3), (-8, -9), (2, -9.4), (9, -5), (17, -2.4), (18, 2), (9, 4),
                      (2, 8.6),
                      (-8, 8.6), (-15, 4)])
        piece = place(leg, x, y, angle, scale)
        card.fill(place(piece, .5, 1.2), (120, 70, 70), .3)
        card.fill(piece, (250, 206, 198), to=(x - 8, y - 9, x + 8, y + 9, (226, 146, 140)))
        for k, bend in enumerate((.22, .1, -.06)):
            start, stop = place([(-11, -3 + 3.2 * k), (8, -1.6 + 1.6 * k)], x, y, angle, scale)
            card.fill(stroke(arc(*start, *stop, bend), .8, .3), (255, 236, 230), .85, clip=piece)
        (bx, by), = place([(18, 0)], x, y, angle, scale)
        card.fill(oval(bx, by, 2.2, 2), (252, 244, 232))
        card.fill(oval(bx, by, 1, .9), (214, 120, 112))
    for x, y, angle in ((49, 55, -40), (54, 57, 10), (47, 60, -100)):
        card.leaf(x, y, 9, 4.4, angle, (60, 130, 70), (130, 186, 96), (206, 226, 170))
    for offset in (0, 14):
        card.fill([(24 + offset, 31), (28 + offset, 31), (16 + offset, 79), (12 + offset, 79)],
                  (255, 255, 255), .28)
    rabbit_badge(card, 82, 34, 12)
    return card


def sprout_box(card, front_alpha=.34):
    card.fill([(14, 62), (86, 62), (81, 90), (19, 90)], (255, 255, 255), front_alpha)
    card.fill([(14, 62), (86, 62), (85.4, 65), (14.6, 65)], (255, 255, 255), .6)
    card.fill([(22, 67), (26, 67), (28, 87), (24.6, 87)], (255, 255, 255), .5)
    for line in ([(14, 62), (19, 90)], [(86, 62), (81, 90)], [(19, 90), (81, 90)],
                 [(14, 62), (86, 62)]):
        card.fill(stroke(line, .6), (150, 176, 170), .8)


def radish_sprout(card, x, root, top, lean, dice):
    tip = x + lean
    card.fill(stroke(arc(x, root, tip, top, lean * .01), 1.1, .8), (250, 250, 240),
              to=(x, root, tip, top, (196, 224, 160)))
    heart = smooth([(0, 0), (1.6, -3.4), (4.6, -4.6), (6.6, -2.4), (5.4, .2), (6.6, 2.4), (4.6, 4),
                    (1.6, 2.8)])
    for angle in (-150 + dice.uniform(-14, 14), -30 + dice.uniform(-14, 14)):
        (ex, ey), = place([(6, 0)], tip, top, angle)
        card.fill(place(heart, tip, top, angle, .86), (72, 146, 66),
                  to=(tip, top, ex, ey, (136, 198, 92)))


def sunflower_sprout(card, x, root, top, lean, dice):
    tip = x + lean
    card.fill(stroke(arc(x, root, tip, top, lean * .01), 2, 1.5), (240, 248, 222),
              to=(x, root, tip, top, (180, 216, 130)))
    for angle in (-138 + dice.uniform(-12, 12), -42 + dice.uniform(-12, 12)):
        card.leaf(tip, top, 11.5, 8.4, angle, (44, 122, 58), (104, 176, 82), (170, 214, 128))


def sprouts(kinds, count, seed):
    card, dice = Card((242, 249, 240), (220, 240, 216)), random.Random(seed)
    card.shadow(50, 91, 34, 4.4)
    card.fill([(18, 66), (82, 66), (79, 89), (21, 89)], (206, 226, 206))
    card.fill([(20.4, 81), (79.6, 81), (78.6, 89.4), (21.4, 89.4)], (150, 112, 76),
              to=(20, 81, 20, 90, (112, 80, 52)))
    for row in range(3):
        for k in range(count):
            x = 23 + (54 * (k + .5 * (row % 2)) / count) + dice.uniform(-1, 1)
            top = 30 + 9 * row + 10 * ((x - 50) / 30) ** 2 + dice.uniform(-3.4, 3.4)
            kind = kinds[(k + row) % len(kinds)]
            kind(card, x, 83, top, (x - 50) * .2 + dice.uniform(-1.6, 1.6), dice)
    sprout_box(card)
    return card
