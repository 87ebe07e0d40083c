#include "sandbox/shopee/call.h"

namespace sandbox::shopee {
namespace {

// "[1,2]", "1,2" and `["a","b"]` taken apart; blanks and quotes fall away.
void split_into(const std::string& joined, std::vector<std::string>& out) {
  std::string piece;
  const auto flush = [&] {
    if (!piece.empty()) out.push_back(piece);
    piece.clear();
  };
  for (const char c : joined) {
    if (c == ',') {
      flush();
    } else if (c != '[' && c != ']' && c != '"' && c != ' ') {
      piece.push_back(c);
    }
  }
  flush();
}

}  // namespace

std::string Call::in_query(const std::string& name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return {};
}

std::string Call::part(const std::string& name) const {
  for (const auto& one : parts) {
    if (!one.is_file() && one.name == name) return one.body;
  }
  return {};
}

bool Call::has(const char* name) const {
  if (wire::has(body, name)) return true;
  for (const auto& [key, value] : query) {
    if (key == name && !value.empty()) return true;
  }
  return false;
}

std::string Call::text(const char* name) const {
  const auto inside = wire::member(body, name);
  return inside.is_null() ? in_query(name) : wire::as_text(inside);
}

std::optional<std::int64_t> Call::integer(const char* name) const {
  const auto inside = wire::member(body, name);
  return inside.is_null() ? wire::to_integer(in_query(name)) : wire::as_integer(inside);
}

std::vector<std::string> Call::texts(const char* name) const {
  std::vector<std::string> out;
  const auto inside = wire::member(body, name);
  if (inside.is_array()) {
    for (const auto& element : inside.as_array()) out.push_back(wire::as_text(element));
    return out;
  }
  if (!inside.is_null()) split_into(wire::as_text(inside), out);
  const std::string bracketed = std::string(name) + "[]";
  for (const auto& [key, value] : query) {
    if (key == name || key == bracketed) split_into(value, out);
  }
  return out;
}

std::vector<std::int64_t> Call::integers(const char* name) const {
  std::vector<std::int64_t> out;
  for (const auto& one : texts(name)) out.push_back(wire::to_integer(one).value_or(-1));
  return out;
}

Call read_call(const server::http::Request& request) {
  Call call;
  call.path = request.path;
  call.query = server::http::parse_query(request.query);
  call.host = std::string(request.header("host"));
  call.body_empty = request.body.find_first_not_of(" \t\r\n") == std::string::npos;
  if (call.body_empty) return call;
  const auto content_type = request.header("content-type");
  if (wire::media_type(content_type) == "multipart/form-data") {
    auto parts = wire::parse_multipart(content_type, request.body);
    call.body_broken = !parts;
    if (parts) call.parts = std::move(*parts);
    return call;
  }
  const auto parsed = wire::parse(request.body);
  call.body_broken = !parsed || !parsed->is_object();
  if (!call.body_broken) call.body = *parsed;
  return call;
}

Reply done() {
  Reply reply;
  reply.body = object({{"error", ""}, {"message", ""}});
  return reply;
}

Reply ok(Json response) {
  auto reply = done();
  reply.body["warning"] = Json::string("");
  reply.body["response"] = std::move(response);
  return reply;
}

Reply top_level(Json members) {
  auto reply = done();
  for (const auto& [key, value] : members.as_object()) reply.body[key] = value;
  return reply;
}

Reply fail(const std::string& error, const std::string& message) {
  Reply reply;
  reply.error = error;
  reply.body = object({{"error", error}, {"message", message}});
  return reply;
}

Reply fail(const std::string& error, const std::string& message, Json response) {
  auto reply = fail(error, message);
  reply.body["response"] = std::move(response);
  return reply;
}

Reply wrong_parameter(const std::string& detail) {
  return fail("error_param", "Wrong parameters, detail: " + detail);
}

Reply invalid_field(const std::string& detail) {
  return fail("product.error_param", "invalid field " + detail);
}

Reply redirect(const std::string& where) {
  Reply reply;
  reply.status = 302;
  reply.location = where;
  return reply;
}

}  // namespace sandbox::shopee
