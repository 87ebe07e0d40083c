#pragma once
// Signed callers of the simulated shops, written from the vendors' documents; they know nothing of
// the sandbox but its Channel interface. Each test owns its context, so its clock and its seed.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "sandbox/lazada/gateway.h"
#include "sandbox/lazada/lazada.h"
#include "sandbox/shopee/gateway.h"
#include "sandbox/shopee/shopee.h"
#include "sandbox/wire/json.h"

namespace shops {

using sandbox::wire::integer;
using sandbox::wire::Json;
using sandbox::wire::list;
using sandbox::wire::member;
using sandbox::wire::text;
using Pairs = std::vector<std::pair<std::string, std::string>>;

inline std::string encode(const std::string& raw) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) {
      out.push_back(c);
    } else {
      out += {'%', kDigits[byte >> 4U], kDigits[byte & 0x0FU]};
    }
  }
  return out;
}

inline std::string form(const Pairs& pairs) {
  std::string out;
  for (const auto& [name, value] : pairs) {
    out += (out.empty() ? "" : "&") + encode(name) + "=" + encode(value);
  }
  return out;
}

inline server::http::Request request(const std::string& method, const std::string& path,
                                     const std::string& query) {
  server::http::Request made;
  made.method = method;
  made.path = path;
  made.query = query;
  made.target = path + (query.empty() ? "" : "?" + query);
  return made;
}

// The smallest PNG head that says its size; the sandbox reads no pixels.
inline std::string png(int side) {
  std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  for (int i = 0; i < 2; ++i) {
    bytes += {'\0', '\0', static_cast<char>(side / 256), static_cast<char>(side % 256)};
  }
  return bytes + std::string("\x08\x02\0\0\0", 5);
}

inline std::string multipart(const std::string& boundary, const std::string& bytes) {
  return "--" + boundary +
         "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n"
         "Content-Type: image/png\r\n\r\n" +
         bytes + "\r\n--" + boundary + "--\r\n";
}

class ShopeeCaller {
 public:
  explicit ShopeeCaller(sandbox::ShopeeRules rules = {.shop_rps = 10'000, .app_rps = 10'000})
      : context(1), channel(sandbox::make_shopee(context, credentials, rules)) {}

  std::string query(const std::string& path, bool with_token) const {
    const auto at = std::to_string(base::to_unix_s(context.clock.now()));
    const auto shop = std::to_string(credentials.shop_id);
    const auto sign = sandbox::shopee::sign_of(credentials.partner_key, "1000001", path, at,
                                               with_token ? access : "", with_token ? shop : "");
    auto out = "partner_id=1000001&timestamp=" + at + "&sign=" + sign;
    if (with_token) out += "&access_token=" + access + "&shop_id=" + shop;
    return out;
  }
  Json send(const server::http::Request& call) {
    last = channel->handle(call);
    return sandbox::wire::parse(last.body).value_or(Json{});
  }
  Json get(const std::string& action, const std::string& more = "") {
    const auto path = "/api/v2/" + action;
    return send(request("GET", path, query(path, true) + (more.empty() ? "" : "&" + more)));
  }
  Json post(const std::string& action, const std::string& body, bool with_token = true) {
    const auto path = "/api/v2/" + action;
    auto call = request("POST", path, query(path, with_token));
    call.headers.emplace_back("Content-Type", "application/json");
    call.body = body;
    return send(call);
  }
  Json grant(const std::string& code) {
    auto answer =
        post("auth/token/get",
             R"({"code":")" + code + R"(","partner_id":1000001,"shop_id":600001})", false);
    keep(answer);
    return answer;
  }
  Json renew(const std::string& token) {
    return post("auth/access_token/get",
                R"({"refresh_token":")" + token + R"(","partner_id":1000001,"shop_id":600001})",
                false);
  }
  void keep(const Json& answer) {
    access = text(answer, "access_token");
    refresh = text(answer, "refresh_token");
  }
  std::string upload() {
    const std::string path = "/api/v2/media_space/upload_image";
    auto call = request("POST", path, query(path, true));
    call.headers.emplace_back("Content-Type", "multipart/form-data; boundary=abc");
    call.body = multipart("abc", png(800));
    return text(member(member(send(call), "response"), "image_info"), "image_id");
  }
  std::int64_t add_item(const std::string& sku, std::int64_t price, std::int64_t stock) {
    const auto answer =
        post("product/add_item",
             R"({"original_price":)" + std::to_string(price) +
                 R"(,"description":"Thanh long ruột đỏ trồng theo VietGAP","weight":1.2,)"
                 R"("item_name":"Thanh long ruột đỏ 1 kg","category_id":100863,"item_sku":")" +
                 sku + R"(","image":{"image_id_list":[")" + upload() +
                 R"("]},"logistic_info":[{"logistic_id":50021,"enabled":true}],)"
                 R"("seller_stock":[{"stock":)" +
                 std::to_string(stock) + "}]}");
    return integer(member(answer, "response"), "item_id");
  }
  void advance(std::chrono::seconds by) { context.clock.advance(by); }

  sandbox::Context context;
  sandbox::ShopeeCredentials credentials{1'000'001, "test-partner-key-7f3a9c21d5b84e06", "push",
                                         600'001, "first-code"};
  std::unique_ptr<sandbox::Channel> channel;
  server::http::Response last;
  std::string access;
  std::string refresh;
};

class LazadaCaller {
 public:
  explicit LazadaCaller(sandbox::LazadaRules rules = {.api_rps = 10'000, .inventory_rps = 10'000})
      : context(1), channel(sandbox::make_lazada(context, credentials, rules)) {}

  Pairs system() const {
    Pairs out = {{"app_key", "100777"},
                 {"timestamp", std::to_string(base::to_unix_ms(context.clock.now()))},
                 {"sign_method", "sha256"}};
    if (!access.empty()) out.emplace_back("access_token", access);
    return out;
  }
  std::string sign(const std::string& path, const Pairs& all) const {
    return sandbox::lazada::sign_of(credentials.app_secret, path, all,
                                    sandbox::lazada::EmptyValues::kept);
  }
  Json send(const server::http::Request& call) {
    last = channel->handle(call);
    return sandbox::wire::parse(last.body).value_or(Json{});
  }
  Json get(const std::string& path, const Pairs& more = {}) {
    auto all = system();
    all.insert(all.end(), more.begin(), more.end());
    all.emplace_back("sign", sign(path, all));
    return send(request("GET", "/rest" + path, form(all)));
  }
  // System parameters in the query, business parameters as a form: as the official client does.
  Json post(const std::string& path, const Pairs& business) {
    auto all = system();
    auto query = all;
    all.insert(all.end(), business.begin(), business.end());
    query.emplace_back("sign", sign(path, all));
    auto call = request("POST", "/rest" + path, form(query));
    call.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    call.body = form(business);
    return send(call);
  }
  Json grant(const std::string& code) {
    access.clear();
    auto answer = post("/auth/token/create", {{"code", code}});
    keep(answer);
    return answer;
  }
  Json renew(const std::string& token) {
    access.clear();
    return post("/auth/token/refresh", {{"refresh_token", token}});
  }
  void keep(const Json& answer) {
    access = text(answer, "access_token");
    refresh = text(answer, "refresh_token");
  }
  Json upload(int side) {
    auto all = system();
    all.emplace_back("sign", sign("/image/upload", all));
    auto call = request("POST", "/rest/image/upload", form(all));
    call.headers.emplace_back("Content-Type", "multipart/form-data;charset=UTF-8;boundary=123");
    call.body = "\r\n" + multipart("123", png(side));
    return send(call);
  }
  static std::string sku_xml(const std::string& sku, const std::string& weight, int quantity) {
    return "<Sku><SellerSku>" + sku + "</SellerSku><saleProp><net_weight>" + weight +
           "</net_weight></saleProp><quantity>" + std::to_string(quantity) +
           "</quantity><price>195000</price><package_weight>5.20</package_weight>"
           "<package_length>38</package_length><package_width>24</package_width>"
           "<package_height>9</package_height></Sku>";
  }
  Json create(const std::string& skus) {
    const auto url = text(member(member(upload(800), "data"), "image"), "url");
    return post("/product/create", {{"payload",
                                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Request><Product>"
                                     "<PrimaryCategory>10100245</PrimaryCategory><Images><Image>" +
                                         url +
                                         "</Image></Images><Attributes><name>Gạo ST25</name>"
                                         "<description><![CDATA[<p>Gạo & cám</p>]]></description>"
                                         "<brand_id>39704</brand_id></Attributes><Skus>" +
                                         skus + "</Skus></Product></Request>"}});
  }
  static std::string skus(const std::string& rows) {
    return "<Request><Product><Skus>" + rows + "</Skus></Product></Request>";
  }
  // The only SKU of the listing with that seller SKU, as products/get shows it.
  Json sku_row(const std::string& seller_sku) {
    const auto answer = get("/products/get", {{"sku_seller_list", "[\"" + seller_sku + "\"]"}});
    for (const auto& product : list(member(answer, "data"), "products")) {
      for (const auto& sku : list(product, "skus")) {
        if (text(sku, "SellerSku") == seller_sku) return sku;
      }
    }
    return {};
  }

  sandbox::Context context;
  sandbox::LazadaCredentials credentials{"100777", "k7Qm2vXz9LtR4sWy", "0_100777_first"};
  std::unique_ptr<sandbox::Channel> channel;
  server::http::Response last;
  std::string access;
  std::string refresh;
};

}  // namespace shops
