#include "connectors/provincial/oauth1.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "connectors/common/hmac.h"
#include "connectors/common/uri.h"

namespace connectors::provincial {
namespace {

using Pairs = std::vector<std::string>;  // "name=value", both encoded

// The host in lower case and without the port that its scheme has anyway.
std::string plain_base(const std::string& base_url) {
  const auto scheme = base_url.find("://");
  if (scheme == std::string::npos) return base_url;
  const auto path = std::min(base_url.find('/', scheme + 3), base_url.size());
  auto authority = base_url.substr(0, path);
  std::transform(authority.begin(), authority.end(), authority.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  constexpr std::string_view kPort = ":80";
  if (authority.ends_with(kPort)) authority.resize(authority.size() - kPort.size());
  return authority + base_url.substr(path);
}

Pairs oauth_pairs(const KeyPair& keys, const Moment& moment) {
  common::Query query;
  query.add("oauth_consumer_key", keys.key);
  query.add("oauth_nonce", moment.nonce);
  query.add("oauth_signature_method", "HMAC-SHA256");
  query.add("oauth_timestamp", static_cast<long long>(moment.unix_s));
  Pairs out;
  for (const auto& [name, value] : query.pairs()) {
    out.push_back(common::percent_encode(name) + "=" + common::percent_encode(value));
  }
  return out;
}

std::string joined(const Pairs& pairs) {
  std::string out;
  for (const auto& pair : pairs) out += (out.empty() ? "" : "&") + pair;
  return out;
}

}  // namespace

// Values are encoded once in the query and once more here, which is how the store reads them.
std::string oauth1_base_string(const SignedCall& call, const KeyPair& keys, const Moment& moment) {
  const auto question = std::min(call.path_and_query.find('?'), call.path_and_query.size());
  auto pairs = oauth_pairs(keys, moment);
  for (auto at = question + 1; at < call.path_and_query.size();) {
    const auto end = std::min(call.path_and_query.find('&', at), call.path_and_query.size());
    if (end > at) pairs.push_back(call.path_and_query.substr(at, end - at));
    at = end + 1;
  }
  std::sort(pairs.begin(), pairs.end(), [](const std::string& a, const std::string& b) {
    const auto name = [](const std::string& pair) {
      return std::string_view(pair).substr(0, pair.find('='));
    };
    return name(a) != name(b) ? name(a) < name(b) : a < b;
  });
  const auto address = plain_base(call.base_url) + call.path_and_query.substr(0, question);
  return call.method + "&" + common::percent_encode(address) + "&" +
         common::percent_encode(joined(pairs));
}

std::string oauth1_signed(const SignedCall& call, const KeyPair& keys, const Moment& moment) {
  const auto signature =
      common::hmac_sha256_base64(keys.secret + "&", oauth1_base_string(call, keys, moment));
  auto pairs = oauth_pairs(keys, moment);
  pairs.push_back("oauth_signature=" + common::percent_encode(signature));
  const bool has_query = call.path_and_query.find('?') != std::string::npos;
  return call.path_and_query + (has_query ? "&" : "?") + joined(pairs);
}

}  // namespace connectors::provincial
