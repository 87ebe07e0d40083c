#pragma once
// The product feed as the settings want it: written by a person's command or by the daemon's
// timetable, and served by its HTTP server.
// Errors: std::runtime_error with a plain sentence when the settings are wrong; else as
// feed/publish.h. Threads: write_feed from any, one at a time gets the file; FeedDesk is safe.
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "config/settings.h"
#include "feed/gather.h"
#include "feed/publish.h"
#include "jobs/store.h"
#include "server/http/server.h"

namespace app {

struct FeedPlan {
  std::string path;
  feed::Heading heading;
  feed::Options options;
  feed::Brake brake;
  base::Millis every{0};
};
// Nullopt: no feed_path is set.
std::optional<FeedPlan> feed_plan(const config::Settings& settings);

struct FeedRun {
  feed::Gathered gathered;
  base::Result<feed::Change> written;
};
FeedRun write_feed(const FeedPlan& plan, jobs::Store& store, base::Instant now, feed::Force force);

// GET /feed/products.xml: the file as it is now, 404 while there is none. Kept in memory, plain and
// gzip, until the file changes.
class FeedDesk {
 public:
  static constexpr std::string_view kPath = "/feed/products.xml";

  explicit FeedDesk(std::string file) : file_(std::move(file)) {}
  server::http::Response answer(const server::http::Request& request);

 private:
  struct Copy;
  std::shared_ptr<const Copy> copy();

  const std::string file_;
  std::mutex mutex_;
  std::shared_ptr<const Copy> copy_;
};

}  // namespace app
