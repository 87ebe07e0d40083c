#pragma once
// A running daemon, as a command sees it that was sent there: its store and connectors, its
// workers, and a place to watch what they do. Nothing is owned; the daemon outlives the command.
#include "app/observer_fan.h"
#include "app/wiring.h"
#include "jobs/engine.h"

namespace app {

struct Host {
  Wiring& wiring;
  jobs::Engine& engine;
  ObserverFan& observers;
};

}  // namespace app
