/**
 * The door: the one AWS endpoint of the laptop, through which every SDK call passes. It knows the caller by the access
 * key in the signature, evaluates the synthesised policies of that role, injects faults on demand, records what was
 * used, and hands the call to the engine behind it. An action that it cannot map is denied.
 */
package dev.plinth.local.door;
