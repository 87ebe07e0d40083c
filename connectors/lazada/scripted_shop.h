#pragma once
// For this folder's tests: a client over a wire that answers from a script, by path.
// Threads: one.
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "connectors/common/scripted_transport.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/sku_rows.h"

namespace connectors::lazada {

inline constexpr std::string_view kSecret = "k7Qm2vXz9LtR4sWy";
inline constexpr std::string_view kToken = "50000demoAccessTokenVN01";

inline Options shop_options() {
  Options options;
  options.app_key = "100777";
  options.app_secret = kSecret;
  options.base_url = "https://shop.example/rest";
  options.auth_url = "https://auth.example/rest";
  options.consent_url = "https://auth.example/oauth/authorize";
  options.rate = {100.0, 100};
  return options;
}

class KeptSessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return kept; }
  void save(const common::Session& session) override {
    if (broken) throw std::runtime_error{"disk full"};
    kept = session;
    ++saves;
  }
  std::optional<common::Session> kept;
  int saves = 0;
  bool broken = false;
};

class ScriptedShop : public ::testing::Test {
 protected:
  ScriptedShop() {
    wire_->otherwise([this](const common::WireRequest& request) { return respond(request); });
  }

  Client client(Options with = shop_options()) {
    return Client{std::move(with), environment_, wire_};
  }
  void sign_in() {
    const auto now = clock_.now();
    const std::chrono::hours week{168};
    sessions_.kept =
        common::Session{std::string{kToken}, "refresh-1", now + week, now + 4 * week, 1};
  }
  // The next answer of this path; the last one repeats.
  void answer(const std::string& path, std::string body) {
    answers_[path].push_back(std::move(body));
  }
  // The decoded business parameters of every call of this path, as they were sent.
  std::vector<std::string> sent(const std::string& path) const {
    std::vector<std::string> out;
    for (const auto& request : wire_->requests()) {
      if (path_of(request.url) == path) out.push_back(decoded(request.url + "&" + request.body));
    }
    return out;
  }
  std::size_t calls() const { return wire_->requests().size(); }

  static std::string ok(const std::string& data) {
    return R"({"code":"0","data":)" + data + R"(,"request_id":"r"})";
  }
  static std::string inner(const std::string& data) {
    return R"({"code":"0","result":{"success":true,"error_code":"0","data":)" + data + "}}";
  }
  static std::string bad(const std::string& code, const std::string& message,
                         const std::string& detail = "[]") {
    return R"({"type":"ISP","code":")" + code + R"(","message":")" + message +
           R"(","request_id":"r","detail":)" + detail + "}";
  }
  static std::string pair(const std::string& name, const std::string& refresh_life) {
    return R"({"code":"0","request_id":"r","access_token":"access-)" + name +
           R"(","refresh_token":"refresh-)" + name +
           R"(","expires_in":604800,"refresh_expires_in":)" + refresh_life + "}";
  }
  static std::vector<SkuRow> rows(std::size_t count) {
    std::vector<SkuRow> out;
    for (std::size_t i = 0; i < count; ++i) {
      const auto n = std::to_string(i);
      out.push_back({i, {"240" + n, "114" + n}, catalog::Sku{"SKU-" + n}, 5, {}});
    }
    return out;
  }
  // products/get with one SKU per product, as rows() names them.
  static std::string shown(const std::map<int, int>& stock_by_row, int price = 65'000) {
    std::string list;
    for (const auto& [row, stock] : stock_by_row) {
      const auto n = std::to_string(row);
      list += (list.empty() ? "" : ",") + (R"({"item_id":240)" + n) +
              R"(,"status":"Active","skus":[{"SkuId":114)" + n + R"(,"SellerSku":"SKU-)" + n +
              R"(","Status":"active","price":)" + std::to_string(price) + R"(,"Available":)" +
              std::to_string(stock) + "}]}";
    }
    return ok(R"({"total_products":)" + std::to_string(stock_by_row.size()) + R"(,"products":[)" +
              list + "]}");
  }

  base::ManualClock clock_{base::from_unix_s(1'700'000'000)};
  common::ManualWaiter waiter_{clock_};
  KeptSessions sessions_;
  std::shared_ptr<common::ScriptedTransport> wire_ = std::make_shared<common::ScriptedTransport>();
  Environment environment_{clock_, sessions_, waiter_};

 private:
  static std::string path_of(const std::string& url) {
    const auto host = url.find('/', url.find("://") + 3);
    auto path = url.substr(host, url.find('?') - host);
    return path.starts_with("/rest/") ? path.substr(5) : path;
  }
  static std::string decoded(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '%' && i + 2 < text.size()) {
        out.push_back(static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16)));
        i += 2;
      } else {
        out.push_back(text[i] == '+' ? ' ' : text[i]);
      }
    }
    return out;
  }
  base::Result<common::RestResponse> respond(const common::WireRequest& request) {
    const auto found = answers_.find(path_of(request.url));
    if (found == answers_.end() || found->second.empty()) {
      return base::Error{base::ErrorCode::invalid, "no answer for " + path_of(request.url), {}, {}};
    }
    auto body = found->second.front();
    if (found->second.size() > 1) found->second.pop_front();
    return common::RestResponse{200, {}, std::move(body)};
  }

  std::map<std::string, std::deque<std::string>> answers_;
};

}  // namespace connectors::lazada
