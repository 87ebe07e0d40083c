// The serving half of feed.h: conditional requests and gzip as RFC 9110 has them.
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <ctime>

#include "app/feed.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/text.h"
#include "feed/sink.h"

namespace app {
namespace {

using server::http::Request;
using server::http::Response;

constexpr const char* kHttpDate = "%a, %d %b %Y %H:%M:%S GMT";
constexpr const char* kFreshFor = "public, max-age=300";

std::string http_date(std::time_t at) {
  std::tm utc{};
  gmtime_r(&at, &utc);
  char text[40];
  return {text, std::strftime(text, sizeof text, kHttpDate, &utc)};
}

std::optional<std::time_t> parse_http_date(std::string_view text) {
  std::tm utc{};
  const std::string copy(text);
  const char* end = strptime(copy.c_str(), kHttpDate, &utc);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return timegm(&utc);
}

// Each part of a comma-separated header, trimmed.
template <typename Look>
bool any_part(std::string_view header, const Look& look) {
  while (!header.empty()) {
    const auto comma = std::min(header.find(','), header.size());
    if (look(base::trim(header.substr(0, comma)))) return true;
    header.remove_prefix(std::min(comma + 1, header.size()));
  }
  return false;
}

bool takes_gzip(std::string_view header) {
  return any_part(header, [](std::string_view part) {
    const auto weight = std::min(part.find(';'), part.size());
    const auto name = base::trim(part.substr(0, weight));
    const auto rest = part.substr(weight);
    const auto q = rest.find("q=");
    const bool refused = q != std::string_view::npos &&
                         rest.substr(q + 2).find_first_of("123456789") == std::string_view::npos;
    return (name == "gzip" || name == "*") && !refused;
  });
}

bool names(std::string_view header, const std::string& tag) {
  return any_part(header, [&](std::string_view part) {
    if (part.starts_with("W/")) part.remove_prefix(2);
    return part == "*" || part == tag;
  });
}

}  // namespace

struct FeedDesk::Copy {
  std::time_t changed = 0;
  timespec changed_exactly{};
  ino_t node = 0;
  off_t size = 0;
  std::string plain;
  std::string packed;
  std::string tag;  // without quotes
};

std::shared_ptr<const FeedDesk::Copy> FeedDesk::copy() {
  struct stat now {};
  if (::stat(file_.c_str(), &now) != 0) return nullptr;
  const std::lock_guard lock(mutex_);
  const bool same = copy_ && copy_->node == now.st_ino && copy_->size == now.st_size &&
                    copy_->changed_exactly.tv_sec == now.st_mtim.tv_sec &&
                    copy_->changed_exactly.tv_nsec == now.st_mtim.tv_nsec;
  if (same) return copy_;
  const auto bytes = feed::read_feed(file_);
  if (!bytes || !bytes.value()) {
    if (!bytes)
      base::log_event(base::Level::error, "feed_unreadable", {{"why", bytes.error().message}});
    return nullptr;
  }
  auto fresh = std::make_shared<Copy>();
  fresh->changed = now.st_mtim.tv_sec;
  fresh->changed_exactly = now.st_mtim;
  fresh->node = now.st_ino;
  fresh->size = now.st_size;
  fresh->plain = *bytes.value();
  fresh->packed = feed::gzip(fresh->plain);
  fresh->tag = base::fingerprint(fresh->plain);
  copy_ = std::move(fresh);
  return copy_;
}

Response FeedDesk::answer(const Request& request) {
  Response response;
  if (request.method != "GET" && request.method != "HEAD") {
    response.status = 405;
    response.headers.emplace_back("Allow", "GET, HEAD");
    response.body = R"({"error":"method_not_allowed"})";
    return response;
  }
  const auto found = copy();
  if (!found) {
    response.status = 404;
    response.body = R"({"error":"not_found"})";
    return response;
  }
  const bool packed = takes_gzip(request.header("Accept-Encoding"));
  const auto tag = "\"" + found->tag + (packed ? "-gz\"" : "\"");
  response.content_type = "application/rss+xml; charset=utf-8";
  response.headers = {{"ETag", tag},
                      {"Last-Modified", http_date(found->changed)},
                      {"Cache-Control", kFreshFor},
                      {"Vary", "Accept-Encoding"}};
  // A tag says more than a date: with one, the date is not looked at.
  const auto known = request.header("If-None-Match");
  const auto since = parse_http_date(request.header("If-Modified-Since"));
  const bool unchanged = known.empty() ? since && found->changed <= *since : names(known, tag);
  if (unchanged) {
    response.status = 304;
    return response;
  }
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = packed ? found->packed : found->plain;
  return response;
}

}  // namespace app
