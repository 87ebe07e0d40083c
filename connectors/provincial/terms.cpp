#include "connectors/provincial/terms.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "connectors/provincial/mapping.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kPagesMax = 50;

}  // namespace

const Term* term_named(const std::vector<Term>& terms, const std::string& named) {
  const auto pick = [&](auto fits) -> const Term* {
    const auto found = std::find_if(terms.begin(), terms.end(), fits);
    return found == terms.end() ? nullptr : &*found;
  };
  if (const auto id = store_id(named))
    return pick([&](const Term& term) { return term.id == *id; });
  if (const auto* exact = pick([&](const Term& term) { return term.name == named; })) return exact;
  if (const auto* slug = pick([&](const Term& term) { return term.slug == named; })) return slug;
  const auto folded = base::fold(named);
  return pick([&](const Term& term) { return base::fold(term.name) == folded; });
}

base::Result<std::vector<Term>> Terms::read(Kind kind) {
  auto& known = known_[static_cast<std::size_t>(kind)];
  known.reset();
  std::vector<Term> terms;
  const auto* path = kind == Kind::tag ? "/products/tags" : "/products/categories";
  for (std::int64_t number = 1; number <= kPagesMax; ++number) {
    const auto page = client_.get(
        path,
        common::Query{}.add("per_page", static_cast<long long>(kPageMax)).add("page", number));
    if (!page) return page.error();
    for (const auto& row : common::items_of(page.value().rows)) {
      terms.push_back({common::integer(row, "id").value_or(0),
                       plain_name(common::text(row, "name")), common::text(row, "slug")});
    }
    if (number >= pages_of(page.value(), number, kPageMax)) break;
  }
  known = terms;
  return terms;
}

base::Result<std::vector<Term>> Terms::categories() {
  const auto& known = known_[static_cast<std::size_t>(Kind::category)];
  if (known) return *known;
  return read(Kind::category);
}

base::Result<std::int64_t> Terms::make(Kind kind, const std::string& name) {
  const auto* path = kind == Kind::tag ? "/products/tags/batch" : "/products/categories/batch";
  auto made = client_.batch_at(
      path, "create", {common::json_object({{"name", common::json_string(name)}})},
      common::Repeatable::yes);  // a second one is answered with the number of the first
  if (!made) return made.error();
  const auto& row = made.value().front();
  known_[static_cast<std::size_t>(kind)].reset();
  if (const auto id = common::integer(row, "id").value_or(0); id > 0) return id;
  if (const auto twin = common::integer_at(row, "error", "data", "resource_id")) return *twin;
  return Error{
      ErrorCode::rejected,
      "the store did not make \"" + name + "\": " + common::text_at(row, "error", "message"),
      {},
      common::text_at(row, "error", "code")};
}

base::Result<std::int64_t> Terms::number_of(Kind kind, const std::string& named, Missing missing) {
  const auto& known = known_[static_cast<std::size_t>(kind)];
  if (known) {
    if (const auto* term = term_named(*known, named)) return term->id;
  }
  const auto fresh = read(kind);
  if (!fresh) return fresh.error();
  if (const auto* term = term_named(fresh.value(), named)) return term->id;
  if (missing == Missing::make && !store_id(named)) return make(kind, named);
  return Error{ErrorCode::rejected,
               "the store has no category \"" + named +
                   "\": make it there, mend the category map, or set create_categories = yes",
               {},
               {}};
}

base::Result<std::string> Terms::category(const std::string& named) {
  if (named.empty() || store_id(named)) return named;
  const auto missing = client_.options().create_categories ? Missing::make : Missing::refuse;
  const auto id = number_of(Kind::category, named, missing);
  if (!id) return id.error();
  return std::to_string(id.value());
}

base::Result<std::optional<Collection>> Terms::collection() {
  const auto& option = client_.options().collection;
  if (option.empty()) return std::optional<Collection>{};
  if (collection_) return std::optional<Collection>{collection_};
  const auto colon = option.find(':');
  const bool is_tag = option.substr(0, colon) == "tag";
  const auto id =
      number_of(is_tag ? Kind::tag : Kind::category, option.substr(colon + 1), Missing::make);
  if (!id) return id.error();
  collection_ = Collection{is_tag, id.value()};
  return std::optional<Collection>{collection_};
}

}  // namespace connectors::provincial
