#pragma once
// MyVNPost's endpoints. Private to this folder. Errors: errors.h, JsonClient. Threads: one.
// Source: public clients that quote my-uat.vnpost.vn/static, read 2026-11-24.
#include <memory>
#include <string>

#include "connectors/carriers/carrier.h"
#include "connectors/carriers/json_client.h"
#include "connectors/carriers/vnpost/mapping.h"

namespace connectors::carriers::vnpost {

inline constexpr std::size_t kPageRows = 500;
inline constexpr std::size_t kPagesMax = 20;

struct Options {
  std::string username;
  std::string password;
  Contract contract;
  std::string path_prefix;  // "" or "/customer-partner"
  std::string public_key;   // empty: every callback is refused
  Scale scale = Scale::to_29;
  std::chrono::minutes token_life{60};
  common::RestConfig rest;
  common::RateConfig rate;
};
base::Result<Options> read_options(const Settings& settings);

class Client {
 public:
  Client(const Options& options, const Environment& environment,
         std::shared_ptr<common::Transport> wire = nullptr);

  base::Status check() const { return json_.check(); }
  base::Result<common::Json> place_list(const std::string& path);
  base::Result<common::Json> charges(const common::Json& body);
  base::Result<common::Json> create(const common::Json& body);
  base::Result<common::Json> cancel(const std::string& remote_id);
  base::Result<common::Json> order(const std::string& tracking_no);
  // One page of what was made or moved on these days, both included.
  base::Result<common::Json> orders(base::Instant from, base::Instant to, std::size_t page);
  base::Result<common::Json> history(const std::string& tracking_no);
  base::Result<common::Json> labels(const std::string& tracking_no);

 private:
  base::Result<std::string> sign_in(JsonClient& json) const;
  std::string path(std::string_view bare) const;

  const Options options_;
  JsonClient json_;
};

}  // namespace connectors::carriers::vnpost
