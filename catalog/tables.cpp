#include "catalog/tables.h"

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<ChangeKind, 3> kKinds{{{
    {ChangeKind::content, "content"},
    {ChangeKind::stock, "stock"},
    {ChangeKind::price, "price"},
}}};

}  // namespace

std::string_view to_string(ChangeKind kind) {
  return kKinds.name(kind);
}
std::optional<ChangeKind> change_kind_from(std::string_view text) {
  return kKinds.value(text);
}

}  // namespace catalog
