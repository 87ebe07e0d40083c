#pragma once
// What both carriers share: no listings, no orders, tokens that run out, a call log.
// Threads: one mutex; `answer` runs under it.
#include <map>
#include <mutex>
#include <string>

#include "sandbox/channel.h"
#include "sandbox/context.h"

namespace sandbox::carriers {

struct Reply {
  web::json::value body;
  CallLog::Kind kind = CallLog::Kind::read;
  int status = 200;
};

class Carrier : public Channel {
 public:
  explicit Carrier(Context& context) : context_(context) {}

  server::http::Response handle(const server::http::Request& request) final;
  std::vector<Shown> shown() const final { return {}; }
  web::json::value truth() const final;
  base::Result<Purchase> buy(const std::vector<Wish>& wishes) final;
  base::Status cancel(const std::string& order_id) final;
  base::Result<std::string> fresh_code() final;
  void tick() final;
  void reset() final;
  web::json::value save() const final;
  void load(const web::json::value& state) final;

 protected:
  virtual Reply answer(const server::http::Request& request) = 0;

  std::string new_token(base::Millis life);
  bool accepts(std::string_view token) const;
  void count_unauthorized() { calls_.count_unauthorized(); }
  base::Instant now() const { return context_.clock.now(); }

 private:
  Context& context_;
  mutable std::mutex mutex_;
  std::map<std::string, base::Instant, std::less<>> tokens_;  // and when they end
  CallLog calls_;
};

// The query parameter; empty when absent.
std::string query_param(const server::http::Request& request, const char* name);

}  // namespace sandbox::carriers
