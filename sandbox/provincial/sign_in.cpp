#include "sandbox/provincial/sign_in.h"

#include <cpprest/asyncrt_utils.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "sandbox/json_tools.h"
#include "sandbox/provincial/listing.h"
#include "sandbox/wire/sign.h"

namespace sandbox::provincial {
namespace {

using server::http::Request;

constexpr std::int64_t kWindow_s = 15 * 60;

// "Basic <base64 of key:secret>"; both empty when it is anything else.
std::pair<std::string, std::string> basic_credentials(std::string_view header) {
  constexpr std::string_view kScheme = "Basic ";
  if (!header.starts_with(kScheme)) return {};
  try {
    const auto bytes =
        utility::conversions::from_base64(std::string(header.substr(kScheme.size())));
    const std::string text(bytes.begin(), bytes.end());
    const auto colon = text.find(':');
    if (colon == std::string::npos) return {};
    return {text.substr(0, colon), text.substr(colon + 1)};
  } catch (const std::runtime_error&) {
    return {};  // no base64
  }
}

bool is_item(const std::string& route) {
  return to_integer(route.substr(route.rfind('/') + 1)).has_value();
}

// The store's words differ by what was tried. 401 for strangers, 403 for a key that may not.
Answer not_allowed(const Call& call, int status) {
  const auto say = [&](const char* code, const char* message) {
    return refusal(status, std::string("woocommerce_rest_cannot_") + code, message);
  };
  if (call.route.ends_with("/batch")) {
    return say("batch", "Sorry, you are not allowed to batch manipulate this resource.");
  }
  if (call.method == "GET") {
    return is_item(call.route) ? say("view", "Sorry, you cannot view this resource.")
                               : say("view", "Sorry, you cannot list resources.");
  }
  if (call.method == "DELETE") {
    return say("delete", "Sorry, you are not allowed to delete this resource.");
  }
  return is_item(call.route) ? say("edit", "Sorry, you are not allowed to edit this resource.")
                             : say("create", "Sorry, you are not allowed to create resources.");
}

Answer bad_sign_in(const std::string& message) {
  return refusal(401, "woocommerce_rest_authentication_error", message);
}

std::string percent_encoded(const std::string& text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= 'a' && byte <= 'z') || c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(kHex[byte >> 4U]);
      out.push_back(kHex[byte & 15U]);
    }
  }
  return out;
}

// The home address joined with what is behind it; nothing behind it leaves no slash at the end.
std::string signed_address(const Request& request, const Call& call, const Site& site) {
  const auto home = site.path + "/";
  auto behind = request.path;
  if (behind.starts_with(home)) behind = behind.substr(home.size());
  while (behind.starts_with('/')) behind.erase(0, 1);
  return call.site + (behind.empty() ? "" : "/" + behind);
}

std::string signature(const std::string& secret, const std::string& method,
                      const std::string& address, const Call& call) {
  std::map<std::string, std::string> sorted(call.params);
  sorted.erase("oauth_signature");
  std::string query;
  for (const auto& [name, text] : sorted) {
    query += (query.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(text);
  }
  const auto base = method + "&" + percent_encoded(address) + "&" + percent_encoded(query);
  const auto hex = wire::hmac_hex_lower(secret + "&", base);
  std::vector<unsigned char> bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    bytes.push_back(static_cast<unsigned char>(std::stoi(hex.substr(at, 2), nullptr, 16)));
  }
  return utility::conversions::to_base64(bytes);
}

std::optional<Answer> refuse_permission(const Call& call, const Site& site) {
  const bool reads = call.method == "GET" || call.method == "HEAD";
  if (call.method == "OPTIONS") return std::nullopt;
  const bool may =
      site.permissions == "read_write" || site.permissions == (reads ? "read" : "write");
  if (!may) {
    return bad_sign_in(std::string("The API key provided does not have ") +
                       (reads ? "read" : "write") + " permissions.");
  }
  if (is_site_page(call.route) && !is_public_page(call.route) && !site.manager) {
    return not_allowed(call, 403);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Answer> SignIn::refuse_signature(const Request& request, const Call& call,
                                               const Site& site, base::Instant now) {
  if (!is_ours(param(call, "oauth_consumer_key"))) return bad_sign_in("Consumer key is invalid.");
  if (param(call, "oauth_signature_method") != "HMAC-SHA256") {
    return bad_sign_in("Invalid signature - signature method is invalid.");
  }
  const auto right = signature(credentials_.consumer_secret, request.method,
                               signed_address(request, call, site), call);
  if (right != param(call, "oauth_signature")) {
    return bad_sign_in("Invalid signature - provided signature does not match.");
  }
  const auto second = to_integer(param(call, "oauth_timestamp")).value_or(0);
  const auto here = base::to_unix_s(now);
  if (second < here - kWindow_s || second > here + kWindow_s) {
    return bad_sign_in("Invalid timestamp.");
  }
  std::erase_if(nonces_, [&](const auto& used) { return used.second < here - kWindow_s; });
  if (!nonces_.emplace(param(call, "oauth_nonce"), second).second) {
    return bad_sign_in("Invalid nonce - nonce has already been used.");
  }
  return std::nullopt;
}

// Keys in the query would end in every log on the way; over plain HTTP they count for nothing.
std::optional<Answer> SignIn::refuse(const Request& request, const Call& call, const Site& site,
                                     base::Instant now) {
  const bool is_signed = call.params.contains("oauth_signature");
  if (is_signed) {
    if (auto problem = refuse_signature(request, call, site, now)) return problem;
    return refuse_permission(call, site);
  }
  const auto [key, secret] = basic_credentials(request.header("Authorization"));
  if (!site.basic_over_http || key.empty() || !is_ours(key)) return not_allowed(call, 401);
  if (secret != credentials_.consumer_secret) return bad_sign_in("Consumer secret is invalid.");
  return refuse_permission(call, site);
}

}  // namespace sandbox::provincial
