// The feed as portals pull it: conditional requests, gzip, and a file that changes under way.
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "app/feed.h"
#include "feed/sink.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using server::http::Request;
using server::http::Response;

class FeedDeskTest : public ::testing::Test {
 protected:
  FeedDeskTest() {
    folder_ = fs::temp_directory_path() / ("nongsan-desk-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    file_ = (folder_ / "products.xml").string();
  }
  ~FeedDeskTest() override { fs::remove_all(folder_); }

  void write(const std::string& id) {
    feed::Item item;
    item.id = id;
    item.title = "Nấm rơm";
    const auto done =
        feed::publish(file_, {"t", "https://x.vn/", "d"}, {&item, 1}, {}, feed::Force::yes);
    ASSERT_TRUE(done.ok());
  }
  static Response ask(FeedDesk& desk, server::http::Headers headers = {},
                      const std::string& method = "GET") {
    Request request;
    request.method = method;
    request.path = std::string(FeedDesk::kPath);
    request.headers = std::move(headers);
    return desk.answer(request);
  }
  static std::string header(const Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  fs::path folder_;
  std::string file_;
};

TEST_F(FeedDeskTest, NothingIsThereUntilAFeedIsWritten) {
  FeedDesk desk(file_);
  EXPECT_EQ(ask(desk).status, 404);
  write("A-1");

  const auto answer = ask(desk);

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "application/rss+xml; charset=utf-8");
  EXPECT_NE(answer.body.find("<g:id>A-1</g:id>"), std::string::npos);
  EXPECT_EQ(ask(desk, {}, "POST").status, 405);
}

TEST_F(FeedDeskTest, WhatIsKnownIsNotSentAgain) {
  FeedDesk desk(file_);
  write("A-1");
  const auto first = ask(desk);
  const auto tag = header(first, "ETag");
  const auto date = header(first, "Last-Modified");

  EXPECT_EQ(ask(desk, {{"If-None-Match", tag}}).status, 304);
  EXPECT_TRUE(ask(desk, {{"If-None-Match", tag}}).body.empty());
  EXPECT_EQ(ask(desk, {{"If-None-Match", "\"x\", W/" + tag}}).status, 304);
  EXPECT_EQ(ask(desk, {{"If-None-Match", "\"x\""}, {"If-Modified-Since", date}}).status, 200)
      << "the tag says more";
  EXPECT_EQ(ask(desk, {{"If-Modified-Since", date}}).status, 304);
  EXPECT_EQ(ask(desk, {{"If-Modified-Since", "Sun, 22 Nov 2020 01:29:00 GMT"}}).status, 200);
  EXPECT_EQ(ask(desk, {{"If-Modified-Since", "tomorrow"}}).status, 200);
  fs::last_write_time(file_, fs::last_write_time(file_) - std::chrono::hours{1});
  EXPECT_EQ(ask(desk, {{"If-None-Match", tag}}).status, 304) << "the same bytes, the same tag";
  write("A-2");
  const auto changed = ask(desk, {{"If-None-Match", tag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_NE(changed.body.find("A-2"), std::string::npos);
}

TEST_F(FeedDeskTest, GzipGoesToThoseWhoTakeIt) {
  FeedDesk desk(file_);
  write("A-1");

  const auto packed = ask(desk, {{"Accept-Encoding", "br, gzip;q=0.8"}});

  EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
  EXPECT_EQ(packed.body, feed::gzip(ask(desk).body));
  EXPECT_NE(header(packed, "ETag"), header(ask(desk), "ETag"));
  EXPECT_EQ(header(ask(desk, {{"Accept-Encoding", "gzip;q=0, br"}}), "Content-Encoding"), "");
  EXPECT_EQ(header(packed, "Vary"), "Accept-Encoding");
}

TEST_F(FeedDeskTest, AFileKeptAsGzipIsServedPlainToo) {
  file_ += ".gz";
  FeedDesk desk(file_);
  write("A-1");

  EXPECT_NE(ask(desk).body.find("<g:id>A-1</g:id>"), std::string::npos);
}

TEST(FeedSettings, WhatIsWrongIsNamed) {
  const auto settings = [](std::map<std::string, std::string> flags) {
    return config::load(flags, {}, "").value();
  };
  EXPECT_FALSE(feed_plan(settings({})).has_value());
  const auto plan = feed_plan(
      settings({{"feed_path", "f.xml"}, {"feed_link_base", "https://san.example.vn/p/{sku}"}}));
  ASSERT_TRUE(plan.has_value());
  EXPECT_EQ(plan->heading.link, "https://san.example.vn/");
  EXPECT_EQ(plan->brake.percent_max, 20);
  for (const std::map<std::string, std::string>& wrong :
       std::vector<std::map<std::string, std::string>>{
           {{"feed_path", "f"}},
           {{"feed_path", "f"}, {"feed_link_base", "san.example.vn"}},
           {{"feed_path", "f"}, {"feed_link_base", "https://x.vn/"}, {"feed_account", "none"}},
           {{"feed_path", "f"}, {"feed_link_base", "https://x.vn/"}, {"feed_drop_max", "-1"}}}) {
    EXPECT_THROW(feed_plan(settings(wrong)), std::runtime_error);
  }
}

}  // namespace
}  // namespace app
