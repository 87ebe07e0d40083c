#include "sandbox/carriers/carriers.h"

#include <mutex>
#include <set>

#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

using server::http::Request;
using server::http::Response;
using web::json::value;

constexpr std::size_t kTokenDigits = 48;
constexpr std::int64_t kViettelTokenMs = 24LL * 3'600 * 1'000;

// What carriers share: no listings, no orders, a call log and a set of tokens.
class Carrier : public Channel {
 public:
  explicit Carrier(Context& context) : context_(context) {}

  Response handle(const Request& request) final {
    const std::lock_guard lock(mutex_);
    Response response;
    response.body = answer(request).serialize();
    calls_.record(context_.clock.now(), request.path, CallLog::Kind::token, response.status);
    return response;
  }
  std::vector<Shown> shown() const final { return {}; }
  value truth() const final {
    value out;
    out["listings"] = empty_list();
    out["orders"] = empty_list();
    out["sold"] = value::object();
    out["calls"] = calls_.to_json();
    return out;
  }
  base::Result<Purchase> buy(const std::vector<Wish>&) final {
    return base::Error{base::ErrorCode::rejected, "a carrier sells nothing", {}, {}};
  }
  base::Status cancel(const std::string&) final {
    return base::Error{base::ErrorCode::not_found, "a carrier has no orders", {}, {}};
  }
  base::Result<std::string> fresh_code() final {
    return base::Error{base::ErrorCode::not_found, "a carrier has no consent codes", {}, {}};
  }
  void tick() final {}
  void reset() final {
    const std::lock_guard lock(mutex_);
    tokens_.clear();
    calls_.reset();
  }
  value save() const final { return value::object(); }
  void load(const value&) final {}

 protected:
  virtual value answer(const Request& request) = 0;

  std::string new_token() {
    auto token = context_.dice.hex(kTokenDigits);
    tokens_.insert(token);
    return token;
  }
  bool knows(std::string_view token) const { return tokens_.contains(std::string(token)); }
  Context& context() { return context_; }
  void refused() { calls_.count_unauthorized(); }

 private:
  Context& context_;
  std::mutex mutex_;
  std::set<std::string> tokens_;
  CallLog calls_;
};

class ViettelPost final : public Carrier {
 public:
  ViettelPost(Context& context, ViettelPostCredentials credentials)
      : Carrier(context), credentials_(std::move(credentials)) {}
  std::string name() const override { return "viettelpost"; }

 private:
  static value envelope(std::int64_t status, const std::string& message) {
    value out;
    out["status"] = jn(status);
    out["error"] = jb(status != 200);
    out["message"] = js(message);
    out["data"] = value::null();
    return out;
  }

  value answer(const Request& request) override {
    const bool owner = request.path == "/v2/user/ownerconnect";
    if (request.path != "/v2/user/Login" && !owner) {
      return envelope(404, "This function is not supported");
    }
    const auto body = read_json(request.body).value_or(value::object());
    const bool known = text_in(body, "USERNAME") == credentials_.username &&
                       text_in(body, "PASSWORD") == credentials_.password;
    if (!known || (owner && !knows(request.header("Token")))) {
      refused();
      return envelope(204, owner ? "Token invalid" : "Wrong user name or password");
    }
    auto out = envelope(200, "OK");
    out["data"]["userId"] = jn(1);
    out["data"]["token"] = js(new_token());
    out["data"]["partner"] = jn(1);
    out["data"]["phone"] = js("");
    out["data"]["expired"] = jn(base::to_unix_ms(context().clock.now()) + kViettelTokenMs);
    return out;
  }

  const ViettelPostCredentials credentials_;
};

class Vnpost final : public Carrier {
 public:
  Vnpost(Context& context, VnpostCredentials credentials)
      : Carrier(context), credentials_(std::move(credentials)) {}
  std::string name() const override { return "vnpost"; }

 private:
  value answer(const Request& request) override {
    value out;
    out["success"] = jb(false);
    const auto path = request.path.starts_with("/customer-partner") ? request.path.substr(17)
                                                                    : request.path;
    if (path != "/GetAccessToken") {
      out["message"] = js("This function is not supported");
      return out;
    }
    const auto body = read_json(request.body).value_or(value::object());
    if (text_in(body, "username") != credentials_.username ||
        text_in(body, "password") != credentials_.password ||
        text_in(body, "customerCode") != credentials_.customer_code) {
      refused();
      out["message"] = js("Invalid credentials");
      return out;
    }
    out["success"] = jb(true);
    out["token"] = js(new_token());
    return out;
  }

  const VnpostCredentials credentials_;
};

}  // namespace

std::unique_ptr<Channel> make_viettelpost(Context& context,
                                          const ViettelPostCredentials& credentials) {
  return std::make_unique<ViettelPost>(context, credentials);
}

std::unique_ptr<Channel> make_vnpost(Context& context, const VnpostCredentials& credentials) {
  return std::make_unique<Vnpost>(context, credentials);
}

}  // namespace sandbox
