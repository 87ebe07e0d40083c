// Viettel Post: every answer is HTTP 200 with {"status","error","message","data"}.
#include <algorithm>

#include "sandbox/carriers/carrier.h"
#include "sandbox/carriers/carriers.h"
#include "sandbox/carriers/label.h"
#include "sandbox/carriers/viettelpost_places.h"
#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

using carriers::envelope;
using carriers::Moment;
using carriers::Parcel;
using carriers::query_param;
using carriers::Reply;
using carriers::Step;
using server::http::Request;
using web::json::value;
using namespace std::chrono_literals;

constexpr auto kShortTokenLife = 24h;
constexpr auto kLongTokenLife = 365 * 24h;
constexpr std::int64_t kBadToken = 204;
constexpr std::int64_t kRefused = 400;
constexpr std::int64_t kUserId = 1;
constexpr std::int64_t kFirstFetchedCode = 200;
constexpr std::int64_t kWeightMaxG = 100'000;
constexpr std::int64_t kDocumentedBytesMax = 150;  // of a text, as the vendor's page says
constexpr const char* kPrintPath = "/DigitalizePrint/report.do";

struct Service {
  const char* code;
  const char* name;
  std::int64_t base;
  std::int64_t per_half_kilo;
  const char* time;
};
constexpr Service kServices[] = {{"VCN", "Chuyển phát nhanh", 22'000, 5'000, "24 giờ"},
                                 {"LCOD", "Tiết kiệm thoả thuận", 16'500, 2'500, "72 giờ"},
                                 {"PHS", "Nội tỉnh tiết kiệm", 15'000, 2'000, "48 giờ"}};

const Service* service_named(const std::string& code) {
  const auto found = std::find_if(std::begin(kServices), std::end(kServices),
                                  [&](const Service& service) { return service.code == code; });
  return found == std::end(kServices) ? nullptr : &*found;
}

std::int64_t number(const value& body, const std::string& name) {
  return integer_in(body, name).value_or(0);
}

std::int64_t collection_fee(const value& body) {
  return number(body, "MONEY_COLLECTION") > 0 ? 1'000 + number(body, "MONEY_COLLECTION") / 200 : 0;
}

std::int64_t fee_of(const Service& service, const value& body) {
  constexpr std::int64_t kHalfKilo = 500;
  const auto steps = (number(body, "PRODUCT_WEIGHT") + kHalfKilo - 1) / kHalfKilo;
  return service.base + service.per_half_kilo * steps + collection_fee(body);
}

std::string route_problem(const value& body) {
  for (const std::string side : {"SENDER_", "RECEIVER_"}) {
    if (!carriers::viettelpost_knows(number(body, side + "PROVINCE"),
                                     number(body, side + "DISTRICT"),
                                     number(body, side + "WARD"))) {
      return side + "PROVINCE, DISTRICT, WARD do not match";
    }
  }
  const auto weight = number(body, "PRODUCT_WEIGHT");
  return weight < 1 || weight > kWeightMaxG ? "PRODUCT_WEIGHT is wrong" : "";
}

std::string order_problem(const value& body) {
  for (const char* name :
       {"ORDER_NUMBER", "SENDER_FULLNAME", "SENDER_ADDRESS", "SENDER_PHONE", "RECEIVER_FULLNAME",
        "RECEIVER_ADDRESS", "RECEIVER_PHONE", "PRODUCT_NAME", "ORDER_NOTE"}) {
    const auto text = text_in(body, name);
    if (text.size() > kDocumentedBytesMax) return std::string(name) + " is longer than 150 bytes";
    if (text.empty() && std::string_view{name} != "ORDER_NOTE") {
      return std::string(name) + " is required";
    }
  }
  for (const char* name : {"SENDER_PHONE", "RECEIVER_PHONE"}) {
    const auto phone = text_in(body, name);
    if (!carriers::is_phone(phone)) return "Số điện thoại " + phone + " không hợp lệ";
  }
  const auto payment = number(body, "ORDER_PAYMENT");
  if (payment < 1 || payment > 4) return "ORDER_PAYMENT is wrong";
  if (service_named(text_in(body, "ORDER_SERVICE")) == nullptr) return "ORDER_SERVICE is wrong";
  return route_problem(body);
}

carriers::Person person_in(const value& body, const std::string& side) {
  return {text_in(body, side + "FULLNAME"), text_in(body, side + "PHONE"),
          text_in(body, side + "ADDRESS"),  text_in(body, side + "PROVINCE"),
          text_in(body, side + "DISTRICT"), text_in(body, side + "WARD")};
}

std::string status_name(const std::string& code) {
  constexpr std::pair<const char*, const char*> kNames[] = {{"100", "Tiếp nhận đơn hàng"},
                                                            {"104", "Giao cho bưu tá đi nhận"},
                                                            {"105", "Bưu tá đã nhận hàng"},
                                                            {"107", "Đối tác yêu cầu huỷ"},
                                                            {"200", "Nhận từ bưu tá"},
                                                            {"201", "Huỷ nhập phiếu gửi"},
                                                            {"300", "Đóng chuyến thư"},
                                                            {"400", "Nhận chuyến thư"},
                                                            {"500", "Giao bưu tá đi phát"},
                                                            {"501", "Phát thành công"},
                                                            {"502", "Chuyển hoàn bưu cục gốc"},
                                                            {"504", "Hoàn thành công"},
                                                            {"505", "Thông báo chuyển hoàn"},
                                                            {"506", "Khách hàng không có nhà"},
                                                            {"508", "Phát tiếp"}};
  for (const auto& [known, name] : kNames) {
    if (code == known) return name;
  }
  return "Trạng thái " + code;
}

class ViettelPost final : public carriers::Carrier {
 public:
  ViettelPost(Context& context, ViettelPostCredentials credentials)
      : Carrier(context, "viettelpost"), credentials_(std::move(credentials)) {}

 private:
  Reply answer(const Request& request) override {
    const auto& path = request.path;
    if (path == "/v2/user/Login" || path == "/v2/user/ownerconnect") return sign_in(request);
    if (path == kPrintPath) return print(request);
    if (auto list = carriers::viettelpost_places(request)) return {*std::move(list)};
    const bool documented = path.starts_with("/v2/order/") || path.starts_with("/v2/user/") ||
                            path.starts_with("/v2/categories/");
    const auto kind = request.method == "GET" ? CallLog::Kind::read : CallLog::Kind::write;
    if (!documented) return {envelope(404, "Not found"), kind, 404};
    if (!accepts(request.header("Token"))) {
      count_unauthorized();
      return {envelope(kBadToken, "Token invalid"), kind};
    }
    const auto body = read_json(request.body).value_or(value::object());
    return {serve(request, body), kind};
  }

  value serve(const Request& request, const value& body) {
    const auto& path = request.path;
    if (path == "/v2/order/registerOrderHook") return tell_again(request);
    if (path == "/v2/user/listInventory") {
      auto out = envelope(200, "OK");
      out["data"] = empty_list();
      return out;
    }
    if (request.method == "POST") {
      if (path == "/v2/order/getPriceAll") return prices(body);
      if (path == "/v2/order/getPrice") return price(body);
      if (path == "/v2/order/createOrder") return create(body);
      if (path == "/v2/order/UpdateOrder") return update(body);
      if (path == "/v2/order/printing-code") return printing_code(body);
    }
    return envelope(kRefused, "This function is not supported");
  }

  Reply sign_in(const Request& request) {
    constexpr auto kKind = CallLog::Kind::token;
    const bool owner = request.path == "/v2/user/ownerconnect";
    if (request.method != "POST") return {envelope(405, "Method not allowed"), kKind, 405};
    const auto body = read_json(request.body).value_or(value::object());
    if (text_in(body, "USERNAME") != credentials_.username ||
        text_in(body, "PASSWORD") != credentials_.password) {
      count_unauthorized();
      return {envelope(kBadToken, "Invalid owner account or password!"), kKind};
    }
    if (owner && !accepts(request.header("Token"))) {
      count_unauthorized();
      return {envelope(kBadToken, "Token invalid"), kKind};
    }
    auto out = envelope(200, "OK");
    auto& data = out["data"];
    data["userId"] = jn(kUserId);
    data["token"] =
        js(new_token(owner ? base::Millis{kLongTokenLife} : base::Millis{kShortTokenLife}));
    data["partner"] = jn(kUserId);
    data["phone"] = js("");
    data["expired"] = jn(0);  // as in every example the vendor gives
    return {out, kKind};
  }

  // The one answer without an envelope.
  static value prices(const value& body) {
    const auto problem = route_problem(body);
    if (!problem.empty()) return envelope(kRefused, problem);
    auto out = empty_list();
    for (const auto& service : kServices) {
      value row;
      row["MA_DV_CHINH"] = js(service.code);
      row["TEN_DICHVU"] = js(service.name);
      row["GIA_CUOC"] = jn(fee_of(service, body));
      row["THOI_GIAN"] = js(service.time);
      row["EXCHANGE_WEIGHT"] = jn(number(body, "PRODUCT_WEIGHT"));
      row["EXTRA_SERVICE"] = empty_list();
      push(out, row);
    }
    return out;
  }

  static void add_money(value& data, const Service& service, const value& body) {
    data["MONEY_TOTAL"] = jn(fee_of(service, body));
    data["MONEY_TOTAL_FEE"] = jn(fee_of(service, body) - collection_fee(body));
    data["MONEY_COLLECTION_FEE"] = jn(collection_fee(body));
    data["MONEY_FEE"] = jn(0);
    data["MONEY_VAT"] = jn(0);
    data["KPI_HT"] = jn(24);
  }

  static value price(const value& body) {
    const auto* service = service_named(text_in(body, "ORDER_SERVICE"));
    const auto problem = service == nullptr ? "ORDER_SERVICE is wrong" : route_problem(body);
    if (!problem.empty()) return envelope(kRefused, problem);
    auto out = envelope(200, "OK");
    add_money(out["data"], *service, body);
    return out;
  }

  value create(const value& body) {
    const auto problem = order_problem(body);
    if (!problem.empty()) return envelope(kRefused, problem);
    const auto reference = text_in(body, "ORDER_NUMBER");
    const bool unique = text_in(body, "CHECK_UNIQUE") == "true";
    if (unique && book().find_reference(reference) != nullptr) {
      return envelope(kRefused, "Mã đơn hàng đã tồn tại");
    }
    if (book().full()) return envelope(kRefused, "Too many orders");
    const auto& service = *service_named(text_in(body, "ORDER_SERVICE"));
    Parcel parcel;
    do {
      parcel.tracking_no = std::to_string(dice().between(10'000'000'000, 19'999'999'999));
    } while (book().find(parcel.tracking_no) != nullptr);
    parcel.reference = reference;
    parcel.service = service.code;
    parcel.content = text_in(body, "PRODUCT_NAME");
    parcel.note = text_in(body, "ORDER_NOTE");
    parcel.sender = person_in(body, "SENDER_");
    parcel.receiver = person_in(body, "RECEIVER_");
    parcel.weight_g = number(body, "PRODUCT_WEIGHT");
    parcel.value = number(body, "PRODUCT_PRICE");
    parcel.cod = number(body, "MONEY_COLLECTION");
    parcel.fee = fee_of(service, body);
    parcel.payment = number(body, "ORDER_PAYMENT");
    auto out = envelope(200, "OK");
    auto& data = out["data"];
    data["ORDER_NUMBER"] = js(put(std::move(parcel)).tracking_no);
    data["MONEY_COLLECTION"] = jn(number(body, "MONEY_COLLECTION"));
    add_money(data, service, body);
    return out;
  }

  value update(const value& body) {
    constexpr std::int64_t kCancel = 4;
    auto* parcel = book().find(text_in(body, "ORDER_NUMBER"));
    if (parcel == nullptr) return envelope(kRefused, "Order does not exist");
    if (number(body, "TYPE") != kCancel) return envelope(kRefused, "TYPE is not supported");
    if (to_integer(parcel->code()).value_or(0) >= kFirstFetchedCode) {
      return envelope(kRefused, "Order cannot be cancelled in this status");
    }
    finish(*parcel, "107");
    return envelope(200, "OK");
  }

  value tell_again(const Request& request) {
    const auto* parcel = book().find(query_param(request, "oid"));
    if (parcel == nullptr) return envelope(kRefused, "Order does not exist");
    for (const auto& moment : parcel->history) tell(*parcel, moment);
    return envelope(200, "OK");
  }

  value printing_code(const value& body) {
    if (!body.has_array_field("ORDER_ARRAY") || body.at("ORDER_ARRAY").size() != 1 ||
        !body.at("ORDER_ARRAY").at(0).is_string()) {
      return envelope(kRefused, "ORDER_ARRAY is wrong");
    }
    const auto tracking_no = body.at("ORDER_ARRAY").at(0).as_string();
    if (book().find(tracking_no) == nullptr) return envelope(kRefused, "Order does not exist");
    constexpr std::size_t kCodeDigits = 32;
    const auto code = dice().hex(kCodeDigits);
    print_codes_[code] = {tracking_no, base::from_unix_ms(number(body, "EXPIRY_TIME"))};
    return envelope(200, code);
  }

  Reply print(const Request& request) {
    constexpr auto kKind = CallLog::Kind::read;
    const auto code = print_codes_.find(query_param(request, "bill"));
    if (code == print_codes_.end() || code->second.end <= now()) {
      return {envelope(404, "Not found"), kKind, 404};
    }
    const auto* parcel = book().find(code->second.tracking_no);
    if (parcel == nullptr) return {envelope(404, "Not found"), kKind, 404};
    return {{},
            kKind,
            200,
            carriers::label_pdf({"VIETTEL POST", parcel->tracking_no, parcel->reference,
                                 std::to_string(parcel->weight_g) + " g",
                                 "COD " + std::to_string(parcel->cod)}),
            "application/pdf"};
  }

  std::vector<Step> journey(const std::string& fate) const override {
    std::vector<Step> steps{{"100", 0min}, {"104", 60min}};
    if (fate == "cancelled") {
      steps.push_back({"201", 120min});
      return steps;
    }
    steps.insert(steps.end(), {{"105", 240min}, {"200", 360min}, {"300", 480min}});
    if (fate == "odd") steps.push_back({"777", 600min});
    steps.insert(steps.end(), {{"400", 1'200min}, {"500", 1'800min}});
    if (fate == "returned") {
      steps.insert(steps.end(),
                   {{"506", 1'860min}, {"505", 3'000min}, {"502", 3'600min}, {"504", 5'400min}});
      return steps;
    }
    if (fate == "redelivered") steps.insert(steps.end(), {{"506", 1'860min}, {"508", 1'920min}});
    steps.push_back({"501", 2'100min});
    if (fate == "contradiction") steps.push_back({"504", 2'400min});
    return steps;
  }

  std::string callback_body(const Parcel& parcel, const Moment& moment) const override {
    value data;
    data["ORDER_NUMBER"] = js(parcel.tracking_no);
    data["ORDER_REFERENCE"] = js(parcel.reference);
    data["ORDER_STATUSDATE"] = js(carriers::local_seconds(moment.at));
    data["ORDER_STATUS"] = jn(to_integer(moment.code).value_or(0));
    data["STATUS_NAME"] = js(status_name(moment.code));
    data["LOCALION_CURRENTLY"] = js("Bưu cục Tây Ninh");
    data["NOTE"] = js("");
    data["MONEY_COLLECTION"] = jn(parcel.cod);
    data["MONEY_TOTAL"] = jn(parcel.fee);
    data["PRODUCT_WEIGHT"] = jn(parcel.weight_g);
    data["ORDER_SERVICE"] = js(parcel.service);
    data["ORDER_PAYMENT"] = jn(parcel.payment);
    data["DETAIL"] = empty_list();
    value out;
    out["DATA"] = data;
    out["TOKEN"] = js(credentials_.webhook_token);
    return out.serialize();
  }

  wire::Headers callback_headers() const override {
    return {{"Content-Type", "application/json"}, {"Authorization", credentials_.webhook_token}};
  }

  struct PrintCode {
    std::string tracking_no;
    base::Instant end;
  };
  const ViettelPostCredentials credentials_;
  std::map<std::string, PrintCode> print_codes_;  // not kept over a restart: they are short-lived
};

}  // namespace

std::unique_ptr<carriers::Carrier> make_viettelpost(Context& context,
                                                    const ViettelPostCredentials& credentials) {
  return std::make_unique<ViettelPost>(context, credentials);
}

}  // namespace sandbox
