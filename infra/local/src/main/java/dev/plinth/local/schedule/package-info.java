/** The clock of the laptop's cloud: rules of EventBridge that invoke functions at a rate, or at once when somebody asks. */
package dev.plinth.local.schedule;
