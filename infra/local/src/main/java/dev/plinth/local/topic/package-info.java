/**
 * SNS on the laptop: topics, who is subscribed to them and what each subscription lets through. It promises what SNS
 * does with a message: once to each confirmed subscription whose filter policy it passes. Nothing leaves the laptop.
 */
package dev.plinth.local.topic;
