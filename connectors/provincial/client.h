#pragma once
// Endpoints of one store: HTTP Basic over TLS or to this machine (RestClient sees to it);
// OAuth 1.0a in the query (oauth1.h) where the account's options allow plain HTTP. Private to this
// folder. Threads: one. Source: WooCommerce REST API v3 (recordings of 9.3.3).
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/common/json.h"
#include "connectors/common/rate_limiter.h"
#include "connectors/common/rest_client.h"
#include "connectors/common/uri.h"
#include "connectors/factory.h"
#include "connectors/provincial/options.h"

namespace connectors::provincial {

inline constexpr std::size_t kBatchMax = 100;  // all lists of one products/batch together

// Digits alone: what every id of a store is. Anything else must not become part of an address.
bool is_number(std::string_view id);

struct Page {
  common::Json rows;
  std::int64_t total = 0;  // X-WP-Total
  std::int64_t pages = 0;  // X-WP-TotalPages
};

// How many pages there are; a count that a proxy stripped is judged by the page itself.
std::int64_t pages_of(const Page& page, std::int64_t number, std::size_t page_size);

class Client {
 public:
  // Tests hand in the wire.
  Client(Options options, const Environment& environment,
         std::shared_ptr<common::Transport> wire = nullptr);

  const Options& options() const { return options_; }
  base::Status check() const { return rest_.check(); }

  // POST products/batch; `list` is "create" or "update". The answered elements, one for each sent,
  // in order. An answer that cannot be matched is unknown_outcome: it may have done all of it.
  base::Result<std::vector<common::Json>> batch(const std::string& list,
                                                std::vector<common::Json> elements,
                                                common::Repeatable repeatable);
  // The same for another batch: "/products/12/variations/batch".
  base::Result<std::vector<common::Json>> batch_at(std::string_view path, const std::string& list,
                                                   std::vector<common::Json> elements,
                                                   common::Repeatable repeatable);
  base::Result<Page> get(std::string_view path, const common::Query& query,
                         common::CallKind kind = common::CallKind::read);
  // One object: an order, a webhook.
  base::Result<common::Json> get_one(std::string_view path, const common::Query& query = {});
  // POST, PUT or DELETE of one object, which is answered as it is now. An unreadable answer is
  // unknown_outcome where the call must not be repeated.
  base::Result<common::Json> write(std::string_view method, std::string_view path,
                                   const common::Json& body, common::Repeatable repeatable,
                                   const common::Query& query = {});
  base::Instant now() const { return environment_.clock.now(); }
  // What the last call itself took; the wait for our own pace is not in it.
  base::Millis last_call_time() const { return last_call_time_; }

  // A page of the site itself, asked for without our keys: "/" is its index. By the other kind of
  // address when `other` is set.
  enum class Address { as_configured, other };
  base::Result<common::Json> get_public(std::string_view route, Address address);

 private:
  std::string address(std::string_view path, const common::Query& query) const;
  std::string route_address(const std::string& route, const common::Query& query,
                            Address kind) const;
  bool signs() const;
  base::Result<common::RestResponse> send(common::RestRequest request);
  base::Result<common::Json> object_of(common::RestRequest request);

  const Options options_;
  const Environment environment_;
  common::RestClient rest_;
  common::RateLimiter limiter_;
  const std::string authorization_;
  base::Millis last_call_time_{0};
};

}  // namespace connectors::provincial
