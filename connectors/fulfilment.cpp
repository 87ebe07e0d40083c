#include "connectors/fulfilment.h"

#include "base/enum_names.h"

namespace connectors {
namespace {

constexpr base::EnumNames<CancelReason, 4> kReasons{{{
    {CancelReason::out_of_stock, "out_of_stock"},
    {CancelReason::cannot_deliver, "cannot_deliver"},
    {CancelReason::buyer_asked, "buyer_asked"},
    {CancelReason::wrong_price, "wrong_price"},
}}};

}  // namespace

std::string_view to_string(CancelReason reason) {
  return kReasons.name(reason);
}
std::optional<CancelReason> cancel_reason_from(std::string_view text) {
  return kReasons.value(text);
}

}  // namespace connectors
