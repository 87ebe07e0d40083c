// The file: whole or not at all, no large fall unasked, one writer, and killed in the middle.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "feed/publish.h"
#include "feed/rules.h"
#include "feed/sink.h"
#include "tests/feed/feed_validator.h"

namespace feed {
namespace {

namespace fs = std::filesystem;

const Heading kHeading{"Nông sản", "https://san.example.vn/", "Nông sản"};

std::vector<Item> items(int from, int to) {
  std::vector<Item> out;
  for (int i = from; i < to; ++i) {
    Item item;
    item.id = "SKU-" + std::to_string(i);
    item.title = "Gạo \"Nàng Thơm\" < 9 kg " + std::to_string(i) + " & bạn";
    item.description = "Gạo thơm " + std::string(200, 'o');
    item.link = "https://san.example.vn/p/" + item.id + "?a=1&b=2";
    item.image_link = "https://anh.example.vn/" + item.id + ".jpg";
    item.price = catalog::Money{20'000 + i};
    item.brand = "HTX";
    out.push_back(item);
  }
  return out;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class FeedFile : public ::testing::Test {
 protected:
  FeedFile() {
    folder_ = fs::temp_directory_path() / ("nongsan-feed-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = (folder_ / "products.xml").string();
  }
  ~FeedFile() override { fs::remove_all(folder_); }

  base::Result<Change> write(int from, int to, Force force = Force::no, Brake brake = {20, 3}) {
    return publish(path_, kHeading, items(from, to), brake, force);
  }

  fs::path folder_;
  std::string path_;
};

TEST_F(FeedFile, IsWrittenWholeAndObeysTheRules) {
  const auto done = write(0, 50);

  ASSERT_TRUE(done.ok()) << done.error().message;
  EXPECT_EQ(done.value().items, 50U);
  EXPECT_EQ(done.value().added, 50U);
  const auto checked = feed_test::check_feed(bytes_of(path_));
  EXPECT_EQ(checked.breaches, std::vector<std::string>{});
  EXPECT_EQ(checked.items.size(), 50U);
  EXPECT_EQ(checked.items[7].fields.at("title"), "Gạo \"Nàng Thơm\" < 9 kg 7 & bạn");
  EXPECT_FALSE(fs::exists(path_ + ".part"));
}

TEST_F(FeedFile, IsGzipByItsName) {
  path_ += ".gz";
  ASSERT_TRUE(write(0, 50).ok());

  EXPECT_TRUE(bytes_of(path_).starts_with("\x1F\x8B"));
  const auto plain = read_feed(path_);
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(feed_test::check_feed(*plain.value()).items.size(), 50U);
  const auto again = write(1, 51);
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(again.value().dropped, std::vector<std::string>{"SKU-0"});
}

TEST_F(FeedFile, ALargeFallIsRefusedUntilAPersonSaysSo) {
  ASSERT_TRUE(write(0, 50).ok());
  const auto before = bytes_of(path_);

  EXPECT_TRUE(write(0, 50).ok());
  EXPECT_TRUE(write(10, 50).ok()) << "a fifth may go";
  const auto kept = bytes_of(path_);
  const auto refused = write(10, 20);
  EXPECT_EQ(refused.error().code, base::ErrorCode::rejected);
  EXPECT_NE(refused.error().message.find("30 of 40"), std::string::npos) << refused.error().message;
  EXPECT_EQ(write(100, 140).error().code, base::ErrorCode::rejected) << "as many items, but others";
  EXPECT_EQ(bytes_of(path_), kept);
  EXPECT_FALSE(fs::exists(path_ + ".part"));
  const auto look = preview(path_, items(10, 20), {20, 3});
  EXPECT_FALSE(look.verdict.ok());
  EXPECT_EQ(look.change.dropped.size(), 30U);

  EXPECT_TRUE(write(10, 20, Force::yes).ok());
  EXPECT_TRUE(write(13, 20).ok()) << "three may go whatever the share";
  EXPECT_EQ(write(13, 13).error().code, base::ErrorCode::rejected) << "empty";
}

TEST_F(FeedFile, AFileThatIsNoFeedIsNotWrittenOver) {
  for (const std::string other : {"my letter", "<html></html>", "\x1F\x8B broken",
                                  "<!DOCTYPE r [<!ENTITY x \"y\">]><rss><channel/></rss>"}) {
    std::ofstream(path_, std::ios::binary) << other;
    EXPECT_FALSE(write(0, 5).ok()) << other;
    EXPECT_EQ(bytes_of(path_), other);
  }
  EXPECT_TRUE(write(0, 5, Force::yes).ok());
}

TEST_F(FeedFile, HasOneWriterAtATime) {
  ASSERT_TRUE(write(0, 5).ok());
  const auto first = Sink::open(path_);
  ASSERT_TRUE(first.ok());

  EXPECT_EQ(write(0, 6).error().code, base::ErrorCode::conflict);
}

TEST_F(FeedFile, AFolderThatIsMissingIsNamed) {
  path_ = (folder_ / "none" / "products.xml").string();

  EXPECT_EQ(write(0, 5).error().code, base::ErrorCode::invalid);
}

// Writes with a limit on the size of files: by default the system kills us in the middle of one.
int write_in_a_child(const std::string& path, rlim_t bytes_max, bool killed) {
  const auto child = ::fork();
  if (child == 0) {
    const rlimit limit{bytes_max, bytes_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    if (!killed) ::signal(SIGXFSZ, SIG_IGN);
    const auto done = publish(path, kHeading, items(0, 400), {20, 3}, Force::no);
    ::_exit(done.ok() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

TEST_F(FeedFile, KilledInTheMiddleLeavesTheOldOneAndTheNextWriterGoesOn) {
  ASSERT_TRUE(write(0, 350).ok());
  const auto before = bytes_of(path_);

  for (const rlim_t bytes : {4'096U, 50'000U, 120'000U}) {
    const auto status = write_in_a_child(path_, bytes, true);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) << status;
    EXPECT_EQ(bytes_of(path_), before);
    EXPECT_TRUE(fs::exists(path_ + ".part")) << "it did die in the middle";
  }
  ASSERT_TRUE(write(0, 400).ok());
  EXPECT_EQ(feed_test::check_feed(bytes_of(path_)).items.size(), 400U);
  EXPECT_FALSE(fs::exists(path_ + ".part"));
}

TEST_F(FeedFile, AFullDiskLeavesTheOldOneAndNothingBeside) {
  ASSERT_TRUE(write(0, 350).ok());
  const auto before = bytes_of(path_);

  const auto status = write_in_a_child(path_, 50'000, false);

  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 1) << status;
  EXPECT_EQ(bytes_of(path_), before);
  EXPECT_FALSE(fs::exists(path_ + ".part"));
}

}  // namespace
}  // namespace feed
