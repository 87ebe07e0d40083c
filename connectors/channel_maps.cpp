#include "connectors/channel_maps.h"

#include <optional>

#include "base/text.h"

namespace connectors {
namespace {

base::Error bad_line(const std::string& file, std::size_t line, const std::string& what) {
  return {base::ErrorCode::invalid, file + ":" + std::to_string(line) + ": " + what, {}, {}};
}

// Cells of the map files hold no comma and no quote, but for the last of `cells_max`: it is the
// rest of the line. Cells at the end may be missing.
std::vector<std::string> cells_of(std::string_view line, std::size_t cells_max) {
  std::vector<std::string> cells;
  for (;;) {
    const auto comma = cells.size() + 1 < cells_max ? line.find(',') : std::string_view::npos;
    cells.emplace_back(base::trim(line.substr(0, comma)));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

// Calls `take(line number, cells)` for every row below the heading; comments and blanks are passed.
template <typename Take>
std::optional<base::Error> for_each_row(const std::string& file, std::string_view text,
                                        std::size_t cells_min, std::size_t cells_max, Take take) {
  std::size_t number = 0;
  bool heading = true;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = base::trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (++number > kMapLinesMax) return bad_line(file, number, "too many lines");
    if (line.empty() || line.front() == '#') continue;
    if (heading) {
      heading = false;
      continue;
    }
    auto cells = cells_of(line, cells_max);
    if (cells.size() < cells_min) return bad_line(file, number, "a cell is missing");
    if (auto problem = take(number, std::move(cells))) return problem;
  }
  return std::nullopt;
}

bool covers(std::string_view rule, std::string_view category) {
  return rule == "*" || rule == category ||
         (category.size() > rule.size() && category.starts_with(rule) &&
          category[rule.size()] == '/');
}

std::optional<std::string> value_for(const AttributeRule& rule, const OurFields& fields) {
  if (rule.ours.starts_with('=')) return rule.ours.substr(1);
  const auto found = fields.find(rule.ours);
  if (found == fields.end() || found->second.empty()) return std::nullopt;
  if (!rule.value.empty() && base::fold(rule.value) != base::fold(found->second)) {
    return std::nullopt;
  }
  return found->second;
}

// A longer path beats a shorter one, a named value beats any value.
std::pair<std::size_t, bool> weight(const AttributeRule& rule) {
  return {rule.category == "*" ? 0 : rule.category.size(), !rule.value.empty()};
}

}  // namespace

std::vector<RemoteAttribute> resolve_attributes(const ChannelMaps& maps, std::string_view category,
                                                const OurFields& fields) {
  struct Choice {
    const AttributeRule* rule = nullptr;
    std::string text;
  };
  std::map<std::string, Choice> best;
  for (const auto& rule : maps.attributes) {
    if (!covers(rule.category, category)) continue;
    auto text = value_for(rule, fields);
    if (!text) continue;
    auto& choice = best[rule.remote_id];
    if (choice.rule == nullptr || weight(*choice.rule) < weight(rule)) {
      choice = {&rule, std::move(*text)};
    }
  }
  std::vector<RemoteAttribute> out;
  for (auto& [remote_id, choice] : best) {
    out.push_back({remote_id, choice.rule->remote_value_id, choice.text, choice.rule->unit});
  }
  return out;
}

base::Result<std::map<std::string, RemoteCategory>> parse_category_map(const std::string& file,
                                                                       std::string_view text) {
  std::map<std::string, RemoteCategory> out;
  auto problem = for_each_row(
      file, text, 2, 3,
      [&](std::size_t line, std::vector<std::string> cells) -> std::optional<base::Error> {
        cells.resize(3);
        if (!out.emplace(cells[0], RemoteCategory{cells[1], cells[2]}).second) {
          return bad_line(file, line, "\"" + cells[0] + "\" has two lines");
        }
        return std::nullopt;
      });
  if (problem) return *problem;
  return out;
}

base::Result<std::vector<AttributeRule>> parse_attribute_map(const std::string& file,
                                                             std::string_view text) {
  std::vector<AttributeRule> out;
  auto problem = for_each_row(
      file, text, 4, 6,
      [&](std::size_t line, std::vector<std::string> cells) -> std::optional<base::Error> {
        cells.resize(6);
        if (cells[0].empty() || cells[1].empty() || cells[3].empty()) {
          return bad_line(file, line, "category, ours and remote_id must not be empty");
        }
        out.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]});
        return std::nullopt;
      });
  if (problem) return *problem;
  return out;
}

}  // namespace connectors
