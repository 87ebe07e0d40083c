#include "catalog/stock.h"

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<MovementKind, 6> kKinds{{{
    {MovementKind::receive, "receive"},
    {MovementKind::take, "take"},
    {MovementKind::count, "count"},
    {MovementKind::reserve, "reserve"},
    {MovementKind::release, "release"},
    {MovementKind::ship, "ship"},
}}};

}  // namespace

std::string_view to_string(MovementKind value) {
  return kKinds.name(value);
}
std::optional<MovementKind> movement_kind_from(std::string_view text) {
  return kKinds.value(text);
}

}  // namespace catalog
