#include "connectors/postmart/client.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "connectors/postmart/connector.h"
#include "connectors/postmart/errors.h"

namespace connectors::postmart {
namespace {

TEST(PostmartClient, NamesTheMissingOption) {
  const auto folder = open_exchange({catalog::AccountId{"shop"}, {}});

  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(folder.error().code, base::ErrorCode::invalid);
  EXPECT_NE(folder.error().message.find("exchange_dir"), std::string::npos);
}

TEST(PostmartClient, AFolderThatCannotBeMadeIsUnavailable) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("nongsan-postmart-file-" + std::to_string(::getpid()));
  std::ofstream{file} << "in the way";

  const auto folder =
      open_exchange({catalog::AccountId{"shop"}, {{"exchange_dir", (file / "x").string()}}});

  std::filesystem::remove(file);
  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(folder.error().code, base::ErrorCode::unavailable);
}

TEST(PostmartClient, SaysInBothLanguagesThatThereIsNoApi) {
  EXPECT_EQ(no_api().code, base::ErrorCode::invalid);
  EXPECT_NE(no_api().message.find("không có API"), std::string::npos);
  EXPECT_NE(no_api().message.find("has no API"), std::string::npos);
  EXPECT_EQ(translate({base::ErrorCode::unavailable, "x", {}, {}}).message,
            std::string(kName) + ": x");
}

}  // namespace
}  // namespace connectors::postmart
