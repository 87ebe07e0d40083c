#include "sandbox/lazada/call.h"

#include <algorithm>

#include "base/time_text.h"

namespace sandbox::lazada {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kParametersMax = 1'000;

void add(Parameters& all, const std::string& name, const std::string& value) {
  const bool known =
      std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.first == name; });
  if (!known && all.size() < kParametersMax) all.emplace_back(name, value);
}

void read_body(const server::http::Request& request, Call& call) {
  if (request.body.find_first_not_of(" \t\r\n") == std::string::npos) return;
  const auto content_type = request.header("content-type");
  const auto kind = wire::media_type(content_type);
  if (kind == "multipart/form-data") {
    auto parts = wire::parse_multipart(content_type, request.body);
    call.broken = !parts;
    if (!parts) return;
    for (auto& part : *parts) {
      if (part.is_file()) {
        call.files.push_back(std::move(part));
      } else {
        add(call.parameters, part.name, part.body);
      }
    }
  } else if (kind == "application/json") {
    const auto members = wire::members_as_sent(request.body);
    call.broken = !members;
    if (!members) return;
    for (const auto& [name, value] : *members) add(call.parameters, name, value);
  } else {
    for (const auto& [name, value] : server::http::parse_query(request.body)) {
      add(call.parameters, name, value);
    }
  }
}

}  // namespace

bool Call::has(const std::string& name) const {
  return !text(name).empty();
}

std::string Call::text(const std::string& name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return {};
}

std::optional<std::int64_t> Call::integer(const std::string& name) const {
  return wire::to_integer(text(name));
}

std::vector<std::string> Call::texts(const std::string& name) const {
  const auto raw = text(name);
  std::vector<std::string> out;
  if (const auto parsed = wire::parse(raw); parsed && parsed->is_array()) {
    for (const auto& one : parsed->as_array()) out.push_back(wire::as_text(one));
    return out;
  }
  std::string piece;
  for (const char c : raw + ",") {
    if (c == ',') {
      if (!piece.empty()) out.push_back(piece);
      piece.clear();
    } else if (c != '[' && c != ']' && c != ' ' && c != '"') {
      piece.push_back(c);
    }
  }
  return out;
}

std::vector<std::int64_t> Call::integers(const std::string& name) const {
  std::vector<std::int64_t> out;
  for (const auto& one : texts(name)) out.push_back(wire::to_integer(one).value_or(-1));
  return out;
}

Call read_call(const server::http::Request& request) {
  Call call;
  call.path = request.path;
  call.host = std::string(request.header("host"));
  if (const auto scheme = call.path.find("://"); scheme != std::string::npos) {
    const auto path = call.path.find('/', scheme + 3);  // absolute form, as through a proxy
    call.path = path == std::string::npos ? "/" : call.path.substr(path);
  }
  if (call.path.starts_with("/rest/")) call.path.erase(0, 5);
  if (call.path.size() > 1 && call.path.back() == '/') call.path.pop_back();
  for (const auto& [name, value] : server::http::parse_query(request.query)) {
    add(call.parameters, name, value);
  }
  read_body(request, call);
  return call;
}

Reply data(Json payload) {
  Reply reply;
  reply.body["data"] = std::move(payload);
  return reply;
}

Reply flat(Json members) {
  Reply reply;
  reply.body = std::move(members);
  return reply;
}

Reply result(Json data_member) {
  Reply reply;
  reply.body["result"] = object({{"success", true},
                                 {"error_code", "0"},
                                 {"error_msg", ""},
                                 {"data", std::move(data_member)}});
  return reply;
}

Reply fail(const std::string& type, const std::string& code, const std::string& message) {
  Reply reply;
  reply.code = code;
  reply.body = object({{"type", type}, {"message", message}});
  return reply;
}

Reply fail(const std::string& type, const std::string& code, const std::string& message,
           std::vector<Json> detail) {
  auto reply = fail(type, code, message);
  reply.body["detail"] = wire::array(std::move(detail));
  return reply;
}

Reply missing(const std::string& parameter) {
  return fail("ISV", "MissingParameter",
              "The input parameter \"" + parameter +
                  "\" that is mandatory for processing this request is not supplied");
}

Reply redirect(const std::string& where) {
  Reply reply;
  reply.status = 302;
  reply.location = where;
  return reply;
}

namespace {

Json all_texts(const Json& value) {
  if (value.is_number() || value.is_boolean()) return Json::string(value.serialize());
  if (value.is_array()) {
    std::vector<Json> out;
    for (const auto& one : value.as_array()) out.push_back(all_texts(one));
    return wire::array(std::move(out));
  }
  if (!value.is_object()) return value;
  auto out = Json::object(true);
  for (const auto& [name, member] : value.as_object()) out[name] = all_texts(member);
  return out;
}

void rename(Json& object_in, const char* from, const char* to) {
  if (!wire::has(object_in, from)) return;
  const auto value = wire::member(object_in, from);
  object_in[to] = value;
  object_in.erase(from);
}

}  // namespace

Json dressed(const Reply& reply, const LazadaRules& rules) {
  auto body = reply.body;
  if (rules.inner == LazadaInner::camel) {
    for (auto* holder : {&body, wire::has(body, "result") ? &body["result"] : nullptr}) {
      if (holder == nullptr || !holder->is_object()) continue;
      rename(*holder, "error_code", "errorCode");
      rename(*holder, "error_msg", "errorMsg");
    }
  }
  if (rules.scalars == LazadaScalars::texts) body = all_texts(body);
  const auto number = wire::to_integer(reply.code);
  const bool bare = number && rules.codes == LazadaCodes::number;
  body["code"] = bare ? Json::number(*number) : Json::string(reply.code);
  return body;
}

std::string stamp(std::int64_t unix_ms) {
  auto text = base::local_iso(base::from_unix_ms(unix_ms)).substr(0, 19);
  text[10] = ' ';
  return text + " +0700";
}

std::string money(std::int64_t amount) {
  return std::to_string(amount) + ".00";
}

}  // namespace sandbox::lazada
