#include "connectors/postmart/mapping.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/contract/worksheet_cases.h"

namespace connectors::postmart {
namespace {

TEST(PostmartMapping, EveryFixtureGivesWhatItExpects) {
  const auto cases = contract::mapping_cases("connectors/postmart/fixtures");
  EXPECT_FALSE(cases.empty());

  for (const auto& one : cases) {
    EXPECT_EQ(common::to_text(common::worksheet_result(one, order_words())),
              common::to_text(one.expected))
        << one.name;
  }
}

TEST(PostmartMapping, EveryWordIsWrittenAsItIsLookedUp) {
  const auto words = order_words();

  for (const auto& [word, column] : words.headings) EXPECT_EQ(base::fold(word), word);
  for (const auto& [word, status] : words.statuses) EXPECT_EQ(base::fold(word), word);
}

}  // namespace
}  // namespace connectors::postmart
