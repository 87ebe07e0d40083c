#include "sandbox/carriers/carrier.h"

#include <algorithm>

#include "base/time_text.h"
#include "sandbox/json_tools.h"

namespace sandbox::carriers {

using server::http::Request;
using server::http::Response;
using web::json::value;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kTokenDigits = 48;
constexpr const char* kFates[] = {"delivered", "returned",      "redelivered",
                                  "cancelled", "contradiction", "odd"};

base::Error none(base::ErrorCode code, const std::string& why) {
  return {code, why, {}, {}};
}

// How the carriers try again is not published; they stop at an answer of 200.
wire::PushRules push_rules() {
  wire::PushRules rules;
  rules.retry_after = {60s, 300s, 900s, 3'600s, 10'800s, 21'600s};
  rules.acknowledgement = wire::Acknowledgement::any_2xx;
  return rules;
}

}  // namespace

Carrier::Carrier(Context& context, std::string name)
    : context_(context),
      name_(std::move(name)),
      outbox_(context, name_, push_rules(),
              [this](const std::string&, const std::string&) { return callback_headers(); }) {}

Response Carrier::handle(const Request& request) {
  const std::lock_guard lock(mutex_);
  walk();
  auto reply = answer(request);
  calls_.record(now(), request.path, reply.kind, reply.status);
  Response response;
  response.status = reply.status;
  if (reply.content_type.empty()) {
    response.body = reply.body.serialize();
  } else {
    response.content_type = reply.content_type;
    response.body = std::move(reply.bytes);
  }
  return response;
}

value Carrier::truth() const {
  const std::lock_guard lock(mutex_);
  value out;
  out["listings"] = empty_list();
  out["orders"] = empty_list();
  out["sold"] = value::object();
  out["calls"] = calls_.to_json();
  out["shipments"] = book_.to_json();
  out["callbacks"] = outbox_.truth();
  return out;
}

base::Result<Purchase> Carrier::buy(const std::vector<Wish>&) {
  return none(base::ErrorCode::rejected, "a carrier sells nothing");
}

base::Status Carrier::cancel(const std::string&) {
  return none(base::ErrorCode::not_found, "a carrier has no orders");
}

base::Result<std::string> Carrier::fresh_code() {
  return none(base::ErrorCode::not_found, "a carrier has no consent codes");
}

base::Status Carrier::push_to(const std::string& url) {
  outbox_.set_url(url);
  return base::Done{};
}

void Carrier::tick() {
  const std::lock_guard lock(mutex_);
  std::erase_if(tokens_, [&](const auto& token) { return token.second <= now(); });
  walk();
}

void Carrier::walk() {
  for (const auto& happened : book_.walk(now())) {
    tell(*book_.find(happened.tracking_no), happened.moment);
  }
}

void Carrier::tell(const Parcel& parcel, const Moment& moment) {
  outbox_.add({moment.code, parcel.tracking_no, callback_body(parcel, moment)});
}

Parcel& Carrier::put(Parcel parcel) {
  parcel.made_at = now();
  parcel.fate = fate_;
  auto& kept = book_.add(std::move(parcel), journey(fate_));
  walk();
  return kept;
}

void Carrier::finish(Parcel& parcel, const std::string& code) {
  Book::end(parcel, code, now());
  walk();
}

base::Result<value> Carrier::act(const value& wanted) {
  if (text_in(wanted, "act") != "fate") {
    return none(base::ErrorCode::invalid, "a carrier knows the act \"fate\" alone");
  }
  const auto set = set_fate(text_in(wanted, "parcel"), text_in(wanted, "fate"));
  if (!set) return set.error();
  return value::object();
}

base::Status Carrier::set_fate(const std::string& parcel, const std::string& fate) {
  const std::lock_guard lock(mutex_);
  if (!is_fate(fate)) return none(base::ErrorCode::invalid, "there is no fate \"" + fate + "\"");
  if (parcel.empty()) {
    fate_ = fate;
    return base::Done{};
  }
  walk();
  auto* found = book_.find(parcel);
  if (found == nullptr) found = book_.find_reference(parcel);
  if (found == nullptr) return none(base::ErrorCode::not_found, "there is no such parcel");
  found->fate = fate;
  Book::replan(*found, journey(fate), now());
  return base::Done{};
}

void Carrier::reset() {
  const std::lock_guard lock(mutex_);
  tokens_.clear();
  calls_.reset();
  book_.clear();
  outbox_.reset();
  fate_ = kFates[0];
}

value Carrier::save() const {
  const std::lock_guard lock(mutex_);
  value out;
  out["tokens"] = value::object();
  for (const auto& [token, end] : tokens_) out["tokens"][token] = jn(base::to_unix_ms(end));
  out["calls"] = calls_.to_json();
  out["shipments"] = book_.to_json();
  out["outbox"] = outbox_.save();
  out["fate"] = js(fate_);
  return out;
}

void Carrier::load(const value& state) {
  const std::lock_guard lock(mutex_);
  tokens_.clear();
  for (const auto& [token, end] : state.at("tokens").as_object()) {
    tokens_[token] = base::from_unix_ms(end.as_number().to_int64());
  }
  calls_.load(state.at("calls"));
  if (state.has_field("shipments")) book_.load(state.at("shipments"));
  if (state.has_field("outbox")) outbox_.load(state.at("outbox"));
  if (const auto fate = text_in(state, "fate"); is_fate(fate)) fate_ = fate;
}

std::string Carrier::new_token(base::Millis life) {
  auto token = context_.dice.hex(kTokenDigits);
  tokens_[token] = now() + life;
  return token;
}

bool Carrier::accepts(std::string_view token) const {
  const auto found = tokens_.find(token);
  return found != tokens_.end() && found->second > now();
}

bool is_fate(const std::string& fate) {
  return std::find(std::begin(kFates), std::end(kFates), fate) != std::end(kFates);
}

bool is_phone(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

std::string query_param(const Request& request, const char* name) {
  for (const auto& [key, text] : server::http::parse_query(request.query)) {
    if (key == name) return text;
  }
  return {};
}

std::string local_seconds(base::Instant at) {
  const auto iso = base::local_iso(at);  // 2026-11-24T08:02:03+07:00
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4) + " " +
         iso.substr(11, 8);
}

}  // namespace sandbox::carriers
