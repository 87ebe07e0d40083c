// VNPost (MyVNPost customer API): bare paths or below /customer-partner, header `token`. Answers
// have no common envelope: sign-in {success,token}, places bare lists, an order bare, reads
// {results:[…]}, cancellations {Type,Message,…}.
#include <algorithm>

#include "base/time_text.h"
#include "sandbox/carriers/carrier.h"
#include "sandbox/carriers/carriers.h"
#include "sandbox/carriers/label.h"
#include "sandbox/carriers/signing.h"
#include "sandbox/carriers/vnpost_places.h"
#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

using carriers::Moment;
using carriers::Parcel;
using carriers::query_param;
using carriers::Reply;
using carriers::Step;
using server::http::Request;
using web::json::value;
using namespace std::chrono_literals;

constexpr auto kTokenLife = 24h;
constexpr std::int64_t kFetchedCode = 6;
constexpr std::int64_t kDeliveredCode = 14;
constexpr std::size_t kLabelsMax = 100;
constexpr std::int64_t kPageMax = 500;

struct Service {
  const char* code;
  const char* name;
  std::int64_t base;
  std::int64_t per_half_kilo;
};
constexpr Service kServices[] = {{"CTN007", "Chuyển phát nhanh", 21'000, 4'500},
                                 {"CTN009", "Chuyển phát tiêu chuẩn", 16'000, 2'500}};

const Service* service_named(const std::string& code) {
  const auto found = std::find_if(std::begin(kServices), std::end(kServices),
                                  [&](const Service& service) { return service.code == code; });
  return found == std::end(kServices) ? nullptr : &*found;
}

value refusal(const std::string& message) {
  value out;
  out["success"] = jb(false);
  out["message"] = js(message);
  return out;
}

// "PROP0018:150000" of the add-on GTG021; 0 without it.
std::int64_t addon(const value& order, const std::string& code, const std::string& property) {
  if (!order.has_array_field("addonService")) return 0;
  for (const auto& row : order.at("addonService").as_array()) {
    const auto text = text_in(row, "propValue");
    if (text_in(row, "code") != code || !text.starts_with(property + ":")) continue;
    return to_integer(std::string_view{text}.substr(property.size() + 1)).value_or(0);
  }
  return 0;
}

std::int64_t charged_weight(const value& order) {
  constexpr std::int64_t kCubicCmPerGram = 6;
  const auto side = [&](const char* name) { return integer_in(order, name).value_or(0); };
  const auto volumetric = side("length") * side("width") * side("height") / kCubicCmPerGram;
  return std::max(side("weight"), volumetric);
}

std::int64_t fee_of(const Service& service, const value& order) {
  constexpr std::int64_t kHalfKilo = 500;
  const auto steps = (charged_weight(order) + kHalfKilo - 1) / kHalfKilo;
  const auto cod = addon(order, "GTG021", "PROP0018");
  return service.base + service.per_half_kilo * steps + (cod > 0 ? 2'000 + cod / 200 : 0);
}

std::string route_problem(const value& order) {
  for (const std::string side : {"sender", "receiver"}) {
    if (!carriers::vnpost_knows(text_in(order, side + "ProvinceCode"),
                                text_in(order, side + "DistrictCode"),
                                text_in(order, side + "CommuneCode"))) {
      return side + ": province, district and commune do not match";
    }
  }
  return integer_in(order, "weight").value_or(0) < 1 ? "weight is wrong" : "";
}

carriers::Person person_in(const value& order, const std::string& side) {
  return {text_in(order, side + "Name"),         text_in(order, side + "Phone"),
          text_in(order, side + "Address"),      text_in(order, side + "ProvinceCode"),
          text_in(order, side + "DistrictCode"), text_in(order, side + "CommuneCode")};
}

std::string status_name(const std::string& code) {
  constexpr std::pair<const char*, const char*> kNames[] = {{"1", "Đã tạo"},
                                                            {"2", "Bưu tá nhận yêu cầu thu gom"},
                                                            {"6", "Đã lấy hàng"},
                                                            {"7", "Bưu cục đã nhận hàng"},
                                                            {"9", "Hủy thu gom"},
                                                            {"10", "Đang vận chuyển"},
                                                            {"11", "Đã đến bưu cục phát"},
                                                            {"12", "Đang giao hàng"},
                                                            {"14", "Đã giao hàng"},
                                                            {"15", "Giao không thành công"},
                                                            {"16", "Chờ để chuyển hoàn"},
                                                            {"18", "Bắt đầu chuyển hoàn"},
                                                            {"19", "Trả hàng thành công"},
                                                            {"21", "Đã trả tiền COD"}};
  for (const auto& [known, name] : kNames) {
    if (code == known) return name;
  }
  return "Trạng thái " + code;
}

// An item number of the Universal Postal Union: two letters, eight digits and their check digit.
std::string item_code(std::int64_t serial) {
  constexpr std::int64_t kWeights[] = {8, 6, 4, 2, 3, 5, 9, 7};
  auto digits = std::to_string(serial);
  digits.insert(0, std::size(kWeights) - digits.size(), '0');
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < std::size(kWeights); ++i) sum += (digits[i] - '0') * kWeights[i];
  auto check = 11 - sum % 11;
  if (check == 10) check = 0;
  if (check == 11) check = 5;
  return "CP" + digits + std::to_string(check) + "VN";
}

class Vnpost final : public carriers::Carrier {
 public:
  Vnpost(Context& context, VnpostCredentials credentials)
      : Carrier(context, "vnpost"), credentials_(std::move(credentials)) {}

 private:
  Reply answer(const Request& request) override {
    constexpr std::string_view kPrefix = "/customer-partner";
    auto path = request.path;
    if (path.starts_with(kPrefix)) path.erase(0, kPrefix.size());
    if (path == "/GetAccessToken") return sign_in(request);
    const auto kind = request.method == "GET" ? CallLog::Kind::read : CallLog::Kind::write;
    if (!accepts(request.header("token"))) {
      count_unauthorized();
      return {refusal("Unauthorized"), kind, 401};
    }
    if (auto list = carriers::vnpost_places(path)) return {*std::move(list), kind};
    if (request.method == "GET") return read(request, path);
    const auto body = read_json(request.body).value_or(value::object());
    if (path == "/CreateOrder") return create(body);
    if (path == "/ServicesCharge") return charges(body);
    if (path == "/orderCancel") return cancel_order(body);
    if (path == "/exportListReport") return labels(body);
    return unsupported(path, kind);
  }

  Reply read(const Request& request, const std::string& path) {
    if (path == "/getOrder") return get_order(request);
    if (path == "/GetListOrder") return list_orders(request);
    if (path == "/GetStatusHistoryOrder") return history(request);
    return unsupported(path, CallLog::Kind::read);
  }

  static Reply unsupported(const std::string& path, CallLog::Kind kind) {
    for (const char* documented : {"/createOrderByDraft", "/deleteOrderByDraft", "/orderCorrection",
                                   "/orderCorrection/updateCase"}) {
      if (path == documented) return {refusal("This function is not supported"), kind};
    }
    return {refusal("Not found"), kind, 404};
  }

  static Reply refused(const std::string& why, CallLog::Kind kind = CallLog::Kind::write) {
    return {refusal(why), kind, 400};
  }

  Reply sign_in(const Request& request) {
    constexpr auto kKind = CallLog::Kind::token;
    if (request.method != "POST") return {refusal("Method not allowed"), kKind, 405};
    const auto body = read_json(request.body).value_or(value::object());
    value out;
    if (text_in(body, "username") != credentials_.username ||
        text_in(body, "password") != credentials_.password ||
        text_in(body, "customerCode") != credentials_.customer_code) {
      count_unauthorized();
      out["success"] = jb(false);
      out["errorMessage"] = js("Invalid credentials");
      return {out, kKind};
    }
    out["success"] = jb(true);
    out["token"] = js(new_token(kTokenLife));
    return {out, kKind};
  }

  static value order_json(const Parcel& parcel, const std::string& customer) {
    value out;
    out["orderHdrID"] = js(parcel.id);
    out["itemCode"] = js(parcel.tracking_no);
    out["originalItemCode"] = js(parcel.tracking_no);
    out["saleOrderCode"] = js(parcel.reference);
    out["senderCode"] = js(customer);
    out["serviceCode"] = js(parcel.service);
    out["status"] = jn(to_integer(parcel.code()).value_or(0));
    out["statusName"] = js(status_name(parcel.code()));
    out["weight"] = jn(parcel.weight_g);
    out["codAmount"] = jn(parcel.cod);
    out["totalFee"] = jn(parcel.fee);
    out["createdDate"] = js(carriers::local_seconds(parcel.made_at));
    out["updatedDate"] = js(carriers::local_seconds(parcel.history.back().at));
    return out;
  }

  Reply create(const value& body) {
    const auto order =
        body.has_object_field("informationOrder") ? body.at("informationOrder") : value::object();
    if (text_in(body, "customerCode") != credentials_.customer_code) {
      return refused("customerCode is wrong");
    }
    if (text_in(body, "orderCreationStatus") != "1") {
      return refused("This function is not supported");
    }
    for (const char* name : {"senderName", "senderPhone", "senderAddress", "receiverName",
                             "receiverPhone", "receiverAddress", "contentNote", "vehicle"}) {
      if (text_in(order, name).empty()) return refused(std::string(name) + " is required");
    }
    for (const char* name : {"senderPhone", "receiverPhone"}) {
      const auto phone = text_in(order, name);
      if (!carriers::is_phone(phone)) return refused("Số điện thoại " + phone + " không hợp lệ");
    }
    const auto* service = service_named(text_in(order, "serviceCode"));
    if (service == nullptr) return refused("serviceCode is wrong");
    if (const auto problem = route_problem(order); !problem.empty()) return refused(problem);
    if (book().full()) return refused("Too many orders");
    const auto& kept = put(parcel_from(order, *service));
    return {order_json(kept, credentials_.customer_code), CallLog::Kind::write};
  }

  Parcel parcel_from(const value& order, const Service& service) {
    Parcel parcel;
    do {
      parcel.tracking_no = item_code(dice().between(10'000'000, 99'999'999));
    } while (book().find(parcel.tracking_no) != nullptr);
    parcel.id = std::to_string(dice().between(100'000'000'000, 999'999'999'999));
    parcel.reference = text_in(order, "saleOrderCode");
    parcel.service = service.code;
    parcel.content = text_in(order, "contentNote");
    parcel.note = text_in(order, "deliveryInstruction");
    parcel.sender = person_in(order, "sender");
    parcel.receiver = person_in(order, "receiver");
    parcel.weight_g = integer_in(order, "weight").value_or(0);
    parcel.value = addon(order, "GTG008", "PROP0026");
    parcel.cod = addon(order, "GTG021", "PROP0018");
    parcel.fee = fee_of(service, order);
    return parcel;
  }

  static Reply charges(const value& body) {
    const auto order = body.has_object_field("data") ? body.at("data") : value::object();
    if (const auto problem = route_problem(order); !problem.empty()) {
      return refused(problem, CallLog::Kind::read);
    }
    const auto wanted = text_in(order, "serviceCode");
    value out = empty_list();
    for (const auto& service : kServices) {
      if (!wanted.empty() && wanted != service.code) continue;
      value row;
      row["serviceCode"] = js(service.code);
      row["serviceName"] = js(service.name);
      row["mainFee"] = jn(fee_of(service, order));
      row["vasfee"] = jn(0);
      row["totalFee"] = jn(fee_of(service, order));
      row["priceWeight"] = jn(charged_weight(order));
      push(out, row);
    }
    return {out, CallLog::Kind::read};
  }

  Reply cancel_order(const value& body) {
    auto* parcel = book().find_id(text_in(body, "OriginalId"));
    value out;
    out["OriginalId"] = js(text_in(body, "OriginalId"));
    out["CaseId"] = js("");
    const auto code = parcel == nullptr ? -1 : to_integer(parcel->code()).value_or(0);
    if (parcel == nullptr || code >= kDeliveredCode || code == 9) {
      out["Type"] = js("01");
      out["Message"] = js(parcel == nullptr ? "Order does not exist" : "Order is closed");
    } else if (code >= kFetchedCode) {
      out["Type"] = js("02");
      out["Message"] = js("Waiting for approval");
    } else {
      finish(*parcel, "9");
      out["Type"] = js("00");
      out["Message"] = js("OK");
    }
    return {out, CallLog::Kind::write};
  }

  Reply labels(const value& body) {
    if (!body.is_array() || body.size() == 0 || body.size() > kLabelsMax) {
      return refused("a list of 1 to 100 item codes is needed", CallLog::Kind::read);
    }
    value out = empty_list();
    for (const auto& code : body.as_array()) {
      const auto* parcel = code.is_string() ? book().find(code.as_string()) : nullptr;
      if (parcel == nullptr) return refused("Order does not exist", CallLog::Kind::read);
      push(out,
           js(carriers::base64(carriers::label_pdf(
               {"VNPOST", parcel->tracking_no, parcel->reference,
                std::to_string(parcel->weight_g) + " g", "COD " + std::to_string(parcel->cod)}))));
    }
    return {out, CallLog::Kind::read};
  }

  // type 1: by item code; 2: by the second id.
  Parcel* asked_for(const Request& request) {
    const auto code = query_param(request, "code");
    return query_param(request, "type") == "2" ? book().find_id(code) : book().find(code);
  }

  Reply get_order(const Request& request) {
    value page;
    page["results"] = empty_list();
    if (const auto* parcel = asked_for(request)) {
      push(page["results"], order_json(*parcel, credentials_.customer_code));
    }
    value out = empty_list();
    push(out, page);
    return {out};
  }

  Reply list_orders(const Request& request) {
    const auto from = base::parse_local(query_param(request, "lastUpdateFrom"));
    const auto to = base::parse_local(query_param(request, "lastUpdateTo"));
    const auto size = to_integer(query_param(request, "size")).value_or(kPageMax);
    const auto page = to_integer(query_param(request, "page")).value_or(0);
    if (!from || !to || size < 1 || size > kPageMax || page < 0) {
      return refused("lastUpdateFrom, lastUpdateTo or size is wrong", CallLog::Kind::read);
    }
    std::vector<const Parcel*> found;
    for (const auto& [code, parcel] : book().all()) {
      const auto at = parcel.history.back().at;
      if (at >= *from && at < *to + 24h) found.push_back(&parcel);
    }
    value out;
    out["results"] = empty_list();
    const auto first = static_cast<std::size_t>(page * size);
    for (auto i = first; i < found.size() && i < first + static_cast<std::size_t>(size); ++i) {
      push(out["results"], order_json(*found[i], credentials_.customer_code));
    }
    return {out};
  }

  Reply history(const Request& request) {
    const auto* parcel = asked_for(request);
    if (parcel == nullptr) return {refusal("Order does not exist"), CallLog::Kind::read};
    value out;
    auto& data = out["data"];
    data["itemCode"] = js(parcel->tracking_no);
    data["statusHistory"] = empty_list();
    for (const auto& moment : parcel->history) {
      const auto at = carriers::local_seconds(moment.at);
      value row;
      row["createdDate"] = js(at.substr(0, 10));
      row["createdHour"] = js(at.substr(11));
      row["statusCode"] = js(moment.code);
      row["statusName"] = js(status_name(moment.code));
      push(data["statusHistory"], row);
    }
    return {out};
  }

  std::vector<Step> journey(const std::string& fate) const override {
    std::vector<Step> steps{{"1", 0min}, {"2", 60min}};
    if (fate == "cancelled") {
      steps.push_back({"9", 120min});
      return steps;
    }
    steps.insert(steps.end(), {{"6", 240min}, {"7", 360min}, {"10", 480min}});
    if (fate == "odd") steps.push_back({"77", 600min});
    steps.insert(steps.end(), {{"11", 1'200min}, {"12", 1'800min}});
    if (fate == "returned") {
      steps.insert(steps.end(),
                   {{"15", 1'860min}, {"16", 3'000min}, {"18", 3'600min}, {"19", 5'400min}});
      return steps;
    }
    if (fate == "redelivered") steps.insert(steps.end(), {{"15", 1'860min}, {"12", 1'920min}});
    steps.push_back({"14", 2'100min});
    if (fate == "contradiction") {
      steps.push_back({"19", 2'400min});
    } else {
      steps.push_back({"21", 6'000min});
    }
    return steps;
  }

  // Signed over "MYVNP" + sendDate + itemCode + status of the first order.
  std::string callback_body(const Parcel& parcel, const Moment& moment) const override {
    auto order = order_json(parcel, credentials_.customer_code);
    order["status"] = jn(to_integer(moment.code).value_or(0));
    order["statusName"] = js(status_name(moment.code));
    order["updatedDate"] = js(carriers::local_seconds(moment.at));
    value out;
    out["data"] = empty_list();
    push(out["data"], order);
    const auto sent = carriers::local_seconds(now());
    out["sendDate"] = js(sent);
    out["signature"] = js("");
    if (!credentials_.signing_key.empty()) {
      out["signature"] = js(carriers::sign_base64(
          credentials_.signing_key, "MYVNP" + sent + parcel.tracking_no + moment.code));
    }
    return out.serialize();
  }

  wire::Headers callback_headers() const override { return {{"Content-Type", "application/json"}}; }

  const VnpostCredentials credentials_;
};

}  // namespace

std::unique_ptr<carriers::Carrier> make_vnpost(Context& context,
                                               const VnpostCredentials& credentials) {
  return std::make_unique<Vnpost>(context, credentials);
}

}  // namespace sandbox
