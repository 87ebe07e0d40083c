#include "catalog/order.h"

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<OrderStatus, 8> kStatuses{{{
    {OrderStatus::unpaid, "unpaid"},
    {OrderStatus::to_ship, "to_ship"},
    {OrderStatus::packed, "packed"},
    {OrderStatus::shipped, "shipped"},
    {OrderStatus::delivered, "delivered"},
    {OrderStatus::completed, "completed"},
    {OrderStatus::returned, "returned"},
    {OrderStatus::cancelled, "cancelled"},
}}};

}  // namespace

std::string_view to_string(OrderStatus value) {
  return kStatuses.name(value);
}
std::optional<OrderStatus> order_status_from(std::string_view text) {
  return kStatuses.value(text);
}

int rank(OrderStatus status) {
  switch (status) {
    case OrderStatus::unpaid:
      return 0;
    case OrderStatus::to_ship:
      return 1;
    case OrderStatus::packed:
      return 2;
    case OrderStatus::shipped:
      return 3;
    case OrderStatus::delivered:
      return 4;
    case OrderStatus::completed:
      return 5;
    case OrderStatus::returned:
      return 6;
    case OrderStatus::cancelled:
      return 7;
  }
  return 0;
}

bool has_shipped(OrderStatus status) {
  return rank(status) >= rank(OrderStatus::shipped) && status != OrderStatus::cancelled;
}

}  // namespace catalog
