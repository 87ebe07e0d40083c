#pragma once
// How the store's lists are asked for: pages, order, windows of time, sets of ids. Checks come with
// the store's own words. Nothing here throws. Threads: values.
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sandbox/provincial/shapes.h"

namespace sandbox::provincial {

// What a list may be sorted by, in the order in which the store names it.
std::optional<Answer> list_problem(const Call& call, const std::vector<std::string>& orderby);

// The parameter's text; "" when absent.
std::string param(const Call& call, const std::string& name);
// "a,b" or repeated name[]=a: both are lists. Empty: not asked for.
std::set<std::string> list_param(const Call& call, const std::string& name);
// after, before, modified_after, modified_before: strict, in whole seconds; local time unless
// dates_are_gmt is given.
bool in_windows(const Call& call, base::Instant created, base::Instant modified);
// include and exclude.
bool id_wanted(const Call& call, std::int64_t id);
bool ascending(const Call& call, const std::string& otherwise);

// The wanted part of `total` rows, each made by `row`, with X-WP-Total, X-WP-TotalPages and Link.
Answer page_of(const Call& call, std::size_t total, const std::function<Json(std::size_t)>& row);

}  // namespace sandbox::provincial
