#include "catalog/return_case.h"

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<ReturnStatus, 7> kStatuses{{{
    {ReturnStatus::requested, "requested"},
    {ReturnStatus::accepted, "accepted"},
    {ReturnStatus::disputed, "disputed"},
    {ReturnStatus::sent_back, "sent_back"},
    {ReturnStatus::refunded, "refunded"},
    {ReturnStatus::refused, "refused"},
    {ReturnStatus::cancelled, "cancelled"},
}}};

}  // namespace

std::string_view to_string(ReturnStatus status) {
  return kStatuses.name(status);
}
std::optional<ReturnStatus> return_status_from(std::string_view text) {
  return kStatuses.value(text);
}

}  // namespace catalog
