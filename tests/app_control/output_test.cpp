#include "app/output.h"

#include <gtest/gtest.h>

#include "app/progress.h"
#include "control_world.h"

namespace app {
namespace {

using control::MemorySink;

struct Shown {
  explicit Shown(Terminal terminal) : out(Lang::en, false, sink, terminal) {}
  MemorySink sink;
  Output out;
  base::ManualClock clock{base::from_unix_ms(1'000'000)};
};

TEST(Output, DataAndMessagesGoTheirOwnWays) {
  Shown shown(Terminal::no);

  shown.out.table({{"SHOP", "COUNT"}, {"quýt", "3"}});
  shown.out.line("one");
  shown.out.say("chú ý", "note");
  shown.out.problem("hỏng", "broken");

  EXPECT_EQ(shown.sink.out_text(), "SHOP  COUNT\nquýt  3\none\n");
  EXPECT_EQ(shown.sink.err_text(), "note\nerror: broken\n");
}

TEST(Output, WhatIsSaidTakesTheTransientLineAway) {
  Shown shown(Terminal::yes);

  shown.out.transient("  3 rows");
  shown.out.say("xong", "done");
  shown.out.say("xong", "done");

  EXPECT_EQ(shown.sink.err_text(), "\r\x1b[K  3 rows\r\x1b[Kdone\ndone\n");
}

TEST(Progress, IsALineEveryTenSecondsWhereNoTerminalIs) {
  Shown shown(Terminal::no);
  {
    Progress progress(shown.out, shown.clock);
    progress.show("1 dòng", "1 row");
    shown.clock.advance(base::Millis{9'999});
    progress.show("2 dòng", "2 rows");
    EXPECT_EQ(shown.sink.err_text(), "");
    shown.clock.advance(base::Millis{1});
    progress.show("3 dòng", "3 rows");
    progress.show("4 dòng", "4 rows");
    shown.clock.advance(base::Millis{10'000});
    progress.tick();
  }
  EXPECT_EQ(shown.sink.err_text(), "  3 rows\n  4 rows\n");
  EXPECT_EQ(shown.sink.out_text(), "");
}

TEST(Progress, IsOneLineWrittenOverOnATerminal) {
  Shown shown(Terminal::yes);
  {
    Progress progress(shown.out, shown.clock);
    progress.show("1 dòng", "1 row");
    progress.show("2 dòng", "2 rows");
    shown.clock.advance(kProgressTerminalEvery);
    progress.tick();
    shown.clock.advance(kProgressTerminalEvery);
    progress.tick();  // nothing new: nothing written
  }
  EXPECT_EQ(shown.sink.err_text(), "\r\x1b[K  1 row\r\x1b[K  2 rows\r\x1b[K");
}

TEST(Progress, ALongLineIsCutBetweenCharacters) {
  Shown shown(Terminal::yes);
  std::string dots;
  for (int i = 0; i < 200; ++i) dots += "ạ";

  Progress progress(shown.out, shown.clock);
  progress.show(dots, dots);

  const std::string start = "\r\x1b[K  ";
  EXPECT_EQ(shown.sink.err_text().size(),
            start.size() + (kProgressColumnsMax - 2) * std::string("ạ").size());
}

TEST(Progress, SaysNothingBeforeThereIsSomethingToSay) {
  Shown shown(Terminal::no);
  Progress progress(shown.out, shown.clock);

  shown.clock.advance(base::Millis{60'000});
  progress.tick();

  EXPECT_EQ(shown.sink.err_text(), "");
}

}  // namespace
}  // namespace app
