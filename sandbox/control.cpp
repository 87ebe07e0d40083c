#include "sandbox/control.h"

#include <stdexcept>

#include "base/time_text.h"
#include "sandbox/buyers.h"
#include "sandbox/faulty_handler.h"
#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

using server::http::Request;
using server::http::Response;
using web::json::value;

constexpr std::int64_t kAdvanceMaxS = 10LL * 366 * 86'400;
constexpr std::size_t kLinesMax = 100;
constexpr std::int64_t kQuantityMax = 1'000'000;

Response answer(int status, const value& body) {
  Response response;
  response.status = status;
  response.body = body.serialize();
  return response;
}

Response problem(int status, const std::string& error, const std::string& message) {
  value body;
  body["error"] = js(error);
  body["message"] = js(message);
  return answer(status, body);
}

Response unknown_channel(const std::string& name) {
  return problem(404, "unknown_channel", "there is no channel \"" + name + "\"");
}

// The channel that the body names; throws when the body does not name one as a text.
std::string channel_in(const value& body) {
  if (!body.is_object() || !body.has_string_field("channel")) {
    throw std::invalid_argument("\"channel\" must be a text");
  }
  return body.at("channel").as_string();
}

Response healthz(World& world, const Request&, const value&) {
  value out;
  out["status"] = js("ok");
  out["now"] = js(base::utc_iso(world.context.clock.now()));
  return answer(200, out);
}

Response truth(World& world, const Request& request, const value&) {
  std::string only;
  for (const auto& [name, text] : server::http::parse_query(request.query)) {
    if (name == "channel") only = text;
  }
  if (!only.empty() && world.find(only) == nullptr) return unknown_channel(only);
  value out;
  out["now"] = js(base::utc_iso(world.context.clock.now()));
  out["channels"] = value::object();
  for (auto* channel : world.all()) {
    if (!only.empty() && only != channel->name()) continue;
    channel->tick();
    auto known = channel->truth();
    add_unserved(known["calls"], world.unserved[channel->name()]);
    out["channels"][channel->name()] = std::move(known);
  }
  return answer(200, out);
}

std::vector<Wish> wishes_in(const value& body) {
  if (!body.has_array_field("lines") || body.at("lines").size() == 0 ||
      body.at("lines").size() > kLinesMax) {
    throw std::invalid_argument("\"lines\" must be a list of 1 to 100 {sku, quantity}");
  }
  std::vector<Wish> wishes;
  for (const auto& line : body.at("lines").as_array()) {
    const auto quantity = integer_in(line, "quantity");
    if (text_in(line, "sku").empty() || !quantity || *quantity < 1 || *quantity > kQuantityMax) {
      throw std::invalid_argument("a line needs \"sku\" and a \"quantity\" of 1 or more");
    }
    wishes.push_back({text_in(line, "sku"), *quantity});
  }
  return wishes;
}

Response place_order(World& world, const Request&, const value& body) {
  auto* channel = world.find(channel_in(body));
  if (channel == nullptr) return unknown_channel(channel_in(body));
  const auto wishes = wishes_in(body);
  const auto bought = channel->buy(wishes);
  if (!bought) return problem(409, "refused", bought.error().message);
  value out;
  out["order_id"] = js(bought.value().order_id);
  return answer(201, out);
}

Response cancel_order(World& world, const Request&, const value& body) {
  auto* channel = world.find(channel_in(body));
  if (channel == nullptr) return unknown_channel(channel_in(body));
  const auto done = channel->cancel(text_in(body, "order_id"));
  if (done) return answer(200, value::object());
  const bool missing = done.error().code == base::ErrorCode::not_found;
  return problem(missing ? 404 : 409, missing ? "not_found" : "refused", done.error().message);
}

Response fresh_code(World& world, const Request&, const value& body) {
  auto* channel = world.find(channel_in(body));
  if (channel == nullptr) return unknown_channel(channel_in(body));
  const auto code = channel->fresh_code();
  if (!code) return problem(404, "not_found", code.error().message);
  value out;
  out["code"] = js(code.value());
  return answer(201, out);
}

Response push_to(World& world, const Request&, const value& body) {
  auto* channel = world.find(channel_in(body));
  if (channel == nullptr) return unknown_channel(channel_in(body));
  const auto set = channel->push_to(text_in(body, "url"));
  return set ? answer(200, value::object()) : problem(404, "not_found", set.error().message);
}

Response deliver_pushes(World& world, const Request&, const value&) {
  std::size_t attempts = 0;
  for (auto* channel : world.channels) {
    channel->tick();
    attempts += channel->deliver_pushes();
  }
  value out;
  out["attempts"] = jn(static_cast<std::int64_t>(attempts));
  return answer(200, out);
}

Response buyers(World& world, const Request&, const value& body) {
  return answer(200, run_buyers(world, body));
}

Response act(World& world, const Request&, const value& body) {
  auto* channel = world.find(channel_in(body));
  if (channel == nullptr) return unknown_channel(channel_in(body));
  const auto done = channel->act(body);
  if (done) return answer(200, done.value());
  const bool bad = done.error().code == base::ErrorCode::invalid;
  return problem(bad ? 400 : 409, bad ? "invalid" : "refused", done.error().message);
}

Response clerks_work(World& world, const Request&, const value& body) {
  const auto only = text_in(body, "channel");
  value out = value::object();
  for (auto* clerk : world.clerks) {
    if (only.empty() || only == clerk->name()) out[clerk->name()] = clerk->work();
  }
  if (out.size() == 0) return problem(404, "unknown_channel", "\"" + only + "\" has no clerk");
  return answer(200, out);
}

Response advance_clock(World& world, const Request&, const value& body) {
  const auto seconds = integer_in(body, "seconds");
  if (!seconds || *seconds < 0 || *seconds > kAdvanceMaxS) {
    throw std::invalid_argument("\"seconds\" must be a whole number from 0 to " +
                                std::to_string(kAdvanceMaxS));
  }
  world.context.clock.advance(std::chrono::seconds{*seconds});
  for (auto* channel : world.all()) channel->tick();
  return healthz(world, {}, {});
}

Response set_faults(World& world, const Request&, const value& body) {
  world.context.faults.set(body);
  value out;
  out["rules"] = jn(static_cast<std::int64_t>(body.size()));
  return answer(200, out);
}

Response reset(World& world, const Request&, const value&) {
  for (auto* channel : world.all()) channel->reset();
  for (auto& [name, calls] : world.unserved) calls.reset();
  world.context.faults.clear();
  world.context.clock.reset();
  world.after_reset();
  return answer(200, value::object());
}

struct Route {
  std::string_view method;
  std::string_view path;
  Response (*serve)(World&, const Request&, const value&);
};
constexpr Route kRoutes[] = {
    {"GET", "/healthz", healthz},
    {"GET", "/truth", truth},
    {"POST", "/orders", place_order},
    {"POST", "/orders/cancel", cancel_order},
    {"POST", "/buyers", buyers},
    {"POST", "/clock/advance", advance_clock},
    {"POST", "/faults", set_faults},
    {"POST", "/reset", reset},
    {"POST", "/act", act},
    {"POST", "/push", push_to},
    {"POST", "/push/deliver", deliver_pushes},
    {"POST", "/codes", fresh_code},
    {"POST", "/clerk", clerks_work},
};

Response serve(World& world, const Request& request, const Route& route) {
  value body = value::object();
  if (!request.body.empty()) {
    auto parsed = read_json(request.body);
    if (!parsed) return problem(400, "invalid_json", "the body is no JSON");
    body = *std::move(parsed);
  }
  const bool wants_list = route.path == "/faults";
  if (wants_list ? !body.is_array() : !body.is_object()) {
    return problem(400, "invalid",
                   wants_list ? "a list of rules is needed" : "an object is needed");
  }
  try {
    return route.serve(world, request, body);
  } catch (const std::invalid_argument& wrong) {
    return problem(400, "invalid", wrong.what());
  } catch (const web::json::json_exception& wrong) {
    return problem(400, "invalid", wrong.what());
  } catch (const std::runtime_error& failed) {
    return problem(500, "failed", failed.what());
  }
}

}  // namespace

Response control(World& world, const Request& request) {
  const Route* other_method = nullptr;
  for (const auto& route : kRoutes) {
    if (route.path != request.path) continue;
    if (route.method == request.method) return serve(world, request, route);
    other_method = &route;
  }
  if (other_method == nullptr) {
    return problem(404, "not_found", "there is no " + request.path + " here");
  }
  auto response = problem(405, "method_not_allowed",
                          request.path + " takes " + std::string(other_method->method));
  response.headers.emplace_back("Allow", std::string(other_method->method));
  return response;
}

}  // namespace sandbox
