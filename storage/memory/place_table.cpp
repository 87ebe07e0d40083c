#include "storage/memory/place_table.h"

namespace storage::memory {

catalog::Put PlaceTable::put(const catalog::Place& place) {
  auto& state = transaction_.changing();
  require(!place.id.empty(), "a place needs an id");
  for (const auto& product : place.specialities) {
    require(state.products.contains(product), "unknown product: " + product.text);
  }
  return put_row(transaction_, state.places, place.id, place);
}

std::optional<catalog::Place> PlaceTable::place(const catalog::PlaceId& id) {
  return find(transaction_.state().places, id);
}

std::vector<catalog::Place> PlaceTable::places() {
  std::vector<catalog::Place> out;
  for (const auto& [id, place] : transaction_.state().places) out.push_back(place);
  return out;
}

}  // namespace storage::memory
