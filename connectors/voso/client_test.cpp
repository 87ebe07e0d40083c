#include "connectors/voso/client.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "connectors/voso/connector.h"
#include "connectors/voso/errors.h"

namespace connectors::voso {
namespace {

TEST(VosoClient, NamesTheMissingOption) {
  const auto folder = open_exchange({catalog::AccountId{"shop"}, {}});

  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(folder.error().code, base::ErrorCode::invalid);
  EXPECT_NE(folder.error().message.find("exchange_dir"), std::string::npos);
}

TEST(VosoClient, AFolderThatCannotBeMadeIsUnavailable) {
  const auto file =
      std::filesystem::temp_directory_path() / ("nongsan-voso-file-" + std::to_string(::getpid()));
  std::ofstream{file} << "in the way";

  const auto folder =
      open_exchange({catalog::AccountId{"shop"}, {{"exchange_dir", (file / "x").string()}}});

  std::filesystem::remove(file);
  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(folder.error().code, base::ErrorCode::unavailable);
}

TEST(VosoClient, SaysInBothLanguagesThatThereIsNoApi) {
  EXPECT_EQ(no_api().code, base::ErrorCode::invalid);
  EXPECT_NE(no_api().message.find("không có API"), std::string::npos);
  EXPECT_NE(no_api().message.find("has no API"), std::string::npos);
  EXPECT_EQ(translate({base::ErrorCode::unavailable, "x", {}, {}}).message,
            std::string(kName) + ": x");
}

}  // namespace
}  // namespace connectors::voso
