#include "scoring/engine.h"
