#pragma once
// "An Lục Long, Tây Ninh" as the carrier's own ids. Names are compared without accents and without
// the words in front ("xã", "tỉnh" …). Asks the carrier for its lists: one call a level. Errors:
// not_found, or conflict when a name fits several places; the message is for people. Threads: the
// carrier's.
#include <string>

#include "connectors/carriers/carrier.h"

namespace app {

// Ids ("80/80123") are taken as they are.
base::Result<connectors::carriers::PlaceIds> find_place(connectors::carriers::Carrier& carrier,
                                                        connectors::carriers::PlaceScheme scheme,
                                                        const std::string& text);
// The folded name without the words in front.
std::string bare_place_name(const std::string& name);

}  // namespace app
