#include "sandbox/provincial/listing.h"

#include <algorithm>

#include "base/time_text.h"
#include "sandbox/json_tools.h"

namespace sandbox::provincial {
namespace {

constexpr std::int64_t kPerPageMax = 100;
constexpr std::int64_t kPerPageDefault = 10;

std::int64_t number_or(const Call& call, const char* name, std::int64_t otherwise) {
  return to_integer(param(call, name)).value_or(otherwise);
}

std::optional<Answer> number_problem(const Call& call, const std::string& name) {
  const auto found = call.params.find(name);
  if (found == call.params.end()) return std::nullopt;
  const auto number = to_integer(found->second);
  if (!number) {
    return bad_param(name, "rest_invalid_type", name + " is not of type integer.");
  }
  if (name == "per_page" && (*number < 1 || *number > kPerPageMax)) {
    return bad_param(name, "rest_out_of_bounds",
                     "per_page must be between 1 (inclusive) and 100 (inclusive)");
  }
  if (name == "page" && *number < 1) {
    return bad_param(name, "rest_out_of_bounds", "page must be greater than or equal to 1");
  }
  return std::nullopt;
}

// "date, id, and modified" as the store lists its choices.
std::string spelled(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += words.size() > 2 ? ", " : " ";
    if (i > 0 && i + 1 == words.size()) out += words.size() > 2 ? "and " : "or ";
    out += words[i];
  }
  return out;
}

std::optional<Answer> enum_problem(const Call& call, const std::string& name,
                                   const std::vector<std::string>& words) {
  const auto found = call.params.find(name);
  if (found == call.params.end()) return std::nullopt;
  if (std::find(words.begin(), words.end(), found->second) != words.end()) return std::nullopt;
  return bad_param(name, "rest_not_in_enum", name + " is not one of " + spelled(words) + ".");
}

std::optional<base::Instant> date_param(const Call& call, const std::string& name) {
  const auto are_gmt = param(call, "dates_are_gmt");
  const bool gmt_dates = are_gmt == "true" || are_gmt == "1";
  return base::parse_iso(param(call, name),
                         gmt_dates ? std::chrono::minutes{0} : base::kVietnamOffset);
}

bool between(const Call& call, const std::string& prefix, base::Instant at) {
  const auto second = base::from_unix_s(base::to_unix_s(at));
  const auto after = date_param(call, prefix + "after");
  const auto before = date_param(call, prefix + "before");
  return (!after || second > *after) && (!before || second < *before);
}

std::string escaped(const std::string& text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= 'a' && byte <= 'z') || c == '-' || c == '_' || c == '.' ||
                       c == ',' || c == ':';
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

// The same list at another page: the page is replaced where it stood.
std::string page_link(const Call& call, std::int64_t page, const char* relation) {
  std::string query;
  bool placed = false;
  const auto add = [&](const std::string& name, const std::string& text) {
    query += (query.empty() ? "?" : "&") + escaped(name) + "=" + escaped(text);
  };
  for (const auto& [name, text] : call.query) {
    if (name == "rest_route") continue;
    placed = placed || name == "page";
    add(name, name == "page" ? std::to_string(page) : text);
  }
  if (!placed) add("page", std::to_string(page));
  return "<" + call.site + "/wp-json" + call.route + query + ">; rel=\"" + relation + "\"";
}

}  // namespace

std::string param(const Call& call, const std::string& name) {
  const auto found = call.params.find(name);
  return found == call.params.end() ? "" : found->second;
}

std::set<std::string> list_param(const Call& call, const std::string& name) {
  std::set<std::string> out;
  for (const auto& [key, text] : call.query) {
    const bool repeated = key.starts_with(name + "[");
    if (key != name && !repeated) continue;
    std::size_t at = 0;
    while (at <= text.size()) {
      const auto end = std::min(text.find(',', at), text.size());
      if (end > at) out.insert(text.substr(at, end - at));
      at = end + 1;
    }
  }
  return out;
}

std::optional<Answer> list_problem(const Call& call, const std::vector<std::string>& orderby) {
  for (const char* name : {"page", "per_page", "offset"}) {
    if (auto problem = number_problem(call, name)) return problem;
  }
  if (auto problem = enum_problem(call, "orderby", orderby)) return problem;
  if (auto problem = enum_problem(call, "order", {"asc", "desc"})) return problem;
  for (const char* name : {"after", "before", "modified_after", "modified_before"}) {
    if (call.params.contains(name) && !date_param(call, name)) {
      return bad_param(name, "rest_invalid_date", "Invalid date.");
    }
  }
  return std::nullopt;
}

bool in_windows(const Call& call, base::Instant created, base::Instant modified) {
  return between(call, "", created) && between(call, "modified_", modified);
}

bool id_wanted(const Call& call, std::int64_t id) {
  const auto text = std::to_string(id);
  const auto include = list_param(call, "include");
  return (include.empty() || include.contains(text)) && !list_param(call, "exclude").contains(text);
}

bool ascending(const Call& call, const std::string& otherwise) {
  const auto order = param(call, "order");
  return (order.empty() ? otherwise : order) == "asc";
}

Answer page_of(const Call& call, std::size_t total, const std::function<Json(std::size_t)>& row) {
  const auto per_page = number_or(call, "per_page", kPerPageDefault);
  const auto page = number_or(call, "page", 1);
  const auto rows = static_cast<std::int64_t>(total);
  const auto pages = (rows + per_page - 1) / per_page;
  // Beyond the last page nothing is multiplied, so that no page number can overflow.
  const auto first = call.params.contains("offset") ? number_or(call, "offset", 0)
                     : page > pages                 ? rows
                                                    : (page - 1) * per_page;
  Answer answer;
  answer.body = empty_list();
  for (auto i = std::max<std::int64_t>(0, first); i < rows && i - first < per_page; ++i) {
    push(answer.body, row(static_cast<std::size_t>(i)));
  }
  answer.headers.emplace_back("X-WP-Total", std::to_string(total));
  answer.headers.emplace_back("X-WP-TotalPages", std::to_string(pages));
  std::string link;
  if (page > 1)
    link = page_link(call, std::min(page - 1, std::max<std::int64_t>(1, pages)), "prev");
  if (page < pages) link += (link.empty() ? "" : ", ") + page_link(call, page + 1, "next");
  if (!link.empty()) answer.headers.emplace_back("Link", link);
  return answer;
}

}  // namespace sandbox::provincial
