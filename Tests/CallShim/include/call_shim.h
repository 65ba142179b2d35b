// SPDX-License-Identifier: Apache-2.0
/* The environment of a process that runs under the shim. See call_shim.c. */
#pragma once
#define CALL_SHIM_LOG "CALL_SHIM_LOG"
#define CALL_SHIM_ON "CALL_SHIM_ON"
#define CALL_SHIM_PATH "CALL_SHIM_PATH"
#define CALL_SHIM_AT "CALL_SHIM_AT"
#define CALL_SHIM_ACT "CALL_SHIM_ACT"
